"""The indicators as they are counted from records: one function each, over evidence that is read once per table."""
