"""All staff screens of the register."""
