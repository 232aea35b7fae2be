"""The officers' screens in Wagtail's admin: records, history, import and export."""
