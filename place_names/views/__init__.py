"""Public pages of the register; rules live in the modules beside, pages only show."""
