from tests.templates import DEMONSTRATION, in_copy_of

demonstration = in_copy_of(DEMONSTRATION)
