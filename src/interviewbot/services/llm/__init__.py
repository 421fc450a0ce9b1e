"""The judge that asks a language model, and believes nothing it cannot check."""
