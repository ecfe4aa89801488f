"""What things are: records, events, and the fold from events to state. Imports nothing of ours."""
