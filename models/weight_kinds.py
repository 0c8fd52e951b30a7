"""The kinds of weights in GGUF files, as tables: sizes of their blocks, and the names of their mixtures.

Numbers as in ggml.h (enum ggml_type, the type traits) and llama.h (enum llama_ftype); a test compares the block sizes with
the installed llama.cpp.
"""

from __future__ import annotations

from typing import NamedTuple


class WeightKind(NamedTuple):
    """`block_bytes` bytes hold `block_weights` weights that follow each other in a row."""

    name: str
    block_weights: int
    block_bytes: int


WEIGHT_KINDS: dict[int, WeightKind] = {
    0: WeightKind("F32", 1, 4),
    1: WeightKind("F16", 1, 2),
    2: WeightKind("Q4_0", 32, 18),
    3: WeightKind("Q4_1", 32, 20),
    6: WeightKind("Q5_0", 32, 22),
    7: WeightKind("Q5_1", 32, 24),
    8: WeightKind("Q8_0", 32, 34),
    9: WeightKind("Q8_1", 32, 36),
    10: WeightKind("Q2_K", 256, 84),
    11: WeightKind("Q3_K", 256, 110),
    12: WeightKind("Q4_K", 256, 144),
    13: WeightKind("Q5_K", 256, 176),
    14: WeightKind("Q6_K", 256, 210),
    15: WeightKind("Q8_K", 256, 292),
    16: WeightKind("IQ2_XXS", 256, 66),
    17: WeightKind("IQ2_XS", 256, 74),
    18: WeightKind("IQ3_XXS", 256, 98),
    19: WeightKind("IQ1_S", 256, 50),
    20: WeightKind("IQ4_NL", 32, 18),
    21: WeightKind("IQ3_S", 256, 110),
    22: WeightKind("IQ2_S", 256, 82),
    23: WeightKind("IQ4_XS", 256, 136),
    24: WeightKind("I8", 1, 1),
    25: WeightKind("I16", 1, 2),
    26: WeightKind("I32", 1, 4),
    27: WeightKind("I64", 1, 8),
    28: WeightKind("F64", 1, 8),
    29: WeightKind("IQ1_M", 256, 56),
    30: WeightKind("BF16", 1, 2),
    34: WeightKind("TQ1_0", 256, 54),
    35: WeightKind("TQ2_0", 256, 66),
    39: WeightKind("MXFP4", 32, 17),
    40: WeightKind("NVFP4", 64, 36),
    41: WeightKind("Q1_0", 128, 18),
    42: WeightKind("Q2_0", 64, 18),
}

MIXTURES: dict[int, str] = {
    0: "F32",
    1: "F16",
    2: "Q4_0",
    3: "Q4_1",
    7: "Q8_0",
    8: "Q5_0",
    9: "Q5_1",
    10: "Q2_K",
    11: "Q3_K_S",
    12: "Q3_K_M",
    13: "Q3_K_L",
    14: "Q4_K_S",
    15: "Q4_K_M",
    16: "Q5_K_S",
    17: "Q5_K_M",
    18: "Q6_K",
    19: "IQ2_XXS",
    20: "IQ2_XS",
    21: "Q2_K_S",
    22: "IQ3_XS",
    23: "IQ3_XXS",
    24: "IQ1_S",
    25: "IQ4_NL",
    26: "IQ3_S",
    27: "IQ3_M",
    28: "IQ2_S",
    29: "IQ2_M",
    30: "IQ4_XS",
    31: "IQ1_M",
    32: "BF16",
    36: "TQ1_0",
    37: "TQ2_0",
    38: "MXFP4_MOE",
}
"""What `general.file_type` says about the whole file."""
