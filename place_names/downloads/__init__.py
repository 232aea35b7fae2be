"""Downloads of the register: a search result or all public names, in the formats of the trade."""
