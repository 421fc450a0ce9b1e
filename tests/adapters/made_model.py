"""A sentence-transformers model small enough for a test, written without any network."""

from __future__ import annotations

import json
from pathlib import Path

WORDS = "dropout silences random units during training un ##hid ##den it ' s naive . , ## a".split()
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
DIMENSION = 16
LONGEST = 12  # word pieces, with [CLS] and [SEP]


def write_model(folder: Path, *, seed: int = 0) -> Path:
    """Write a BERT of one layer with random weights, a WordPiece tokenizer and mean pooling."""
    import torch
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder.mkdir(parents=True)
    vocabulary = [*SPECIAL, *WORDS]
    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=DIMENSION,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=32,
    )
    BertModel(config).save_pretrained(folder)
    (folder / "vocab.txt").write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
    tokenizer = BertTokenizerFast(str(folder / "vocab.txt"), model_max_length=LONGEST)
    tokenizer.save_pretrained(folder)
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
        {
            "idx": 1,
            "name": "1",
            "path": "1_Pooling",
            "type": "sentence_transformers.models.Pooling",
        },
    ]
    pooling = {"word_embedding_dimension": DIMENSION, "pooling_mode_mean_tokens": True}
    (folder / "1_Pooling").mkdir()
    for name, content in {
        "modules.json": modules,
        "1_Pooling/config.json": pooling,
        "sentence_bert_config.json": {"max_seq_length": LONGEST, "do_lower_case": False},
    }.items():
        (folder / name).write_text(json.dumps(content), encoding="utf-8")
    return folder
