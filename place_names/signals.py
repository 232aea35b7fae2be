"""What others may listen to when the register changes; sent inside the same transaction."""

from django.dispatch import Signal

# Sent with `ids`, a list of primary keys of PlaceName: records written or about to be
# deleted in bulk, for which no post_save or post_delete is sent.
places_written = Signal()
places_removed = Signal()
