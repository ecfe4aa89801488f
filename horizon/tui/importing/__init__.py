"""What the Import screen stands on."""
