"""The great map: tiles of the register, and the page that shows them."""
