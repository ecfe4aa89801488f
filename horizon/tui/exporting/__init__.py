"""What the Export screen stands on."""
