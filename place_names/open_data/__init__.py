"""What all open interfaces share: public fields, problem documents, paging, checks of input."""
