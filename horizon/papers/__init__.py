"""What leaves the register: one paper model, then one small writer for each format."""
