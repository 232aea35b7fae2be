"""What one app tells the others without knowing them."""

from django.dispatch import Signal

# A guide was published with other materials than before. Sent with `guide` (the page),
# `before` and `after` (lists of lines).
materials_changed = Signal()
