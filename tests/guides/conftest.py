from tests.templates import PAGES, in_copy_of

demonstration = in_copy_of(PAGES)
