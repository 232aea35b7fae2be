"""A Word document (.docx) as the draft of a policy: headings, tables and pictures kept."""
