"""Foreign rows in: a CSV file read, its columns understood, each row proposed or refused aloud."""
