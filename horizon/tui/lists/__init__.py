"""What the Register screen lists."""
