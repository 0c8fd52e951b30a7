"""The embedder's graph: the whole way from the ids of one text to its unit vector, as torch writes it to ONNX in float32.

BERT models, as the starter is one, get a graph of their own: one text alone needs no mask and no batch, query, key and value
are one product, and the rows of a text are a matrix. onnxruntime then quantises the input of that product once instead of
looking at it three times, and finds none of the patterns that it would fuse into slower kernels (its SkipLayerNormalization
took 1.9 ms of a text's 12.9 where an addition and a LayerNormalization take 0.5; its MultiHeadAttention took 3.1 ms, the
plain products 2.6). That is 1.25 to 1.3 times as fast as the graph that any other model gets.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

from engine.embedding.exported import IDS, MASK, VECTOR

OPSET = 17


def write_graph(model: Any, target: Path) -> None:
    """Write the graph of a sentence-transformers model, the fast one where the model is of a kind that we know."""
    import torch

    ids = torch.tensor([[101, 2023, 2003, 1037, 102]])
    bert = _plain_bert(model)
    if bert is not None:
        _trace(_one_text(bert), (ids,), {IDS: {1: "length"}}, target)
    else:
        free = {0: "batch", 1: "length"}
        _trace(_any_model(model), (ids, torch.ones_like(ids)), {IDS: free, MASK: free, VECTOR: {0: "batch"}}, target)


def _trace(module: Any, example: tuple[Any, ...], free_axes: dict[str, dict[int, str]], target: Path) -> None:
    import torch

    with warnings.catch_warnings(), torch.no_grad():
        # The new exporter needs a package more and writes a graph that quantises worse; the old one announces its end.
        warnings.filterwarnings("ignore", category=DeprecationWarning, message="You are using the legacy TorchScript-based ONNX export")
        warnings.filterwarnings("ignore", category=DeprecationWarning, message="The feature will be removed. Please remove usage")
        # Shape checks of the libraries become constants in the trace, which is right: the shapes' relation never changes.
        warnings.filterwarnings("ignore", category=torch.jit.TracerWarning, message="Converting a tensor to a Python boolean")
        warnings.filterwarnings("ignore", category=UserWarning, message="Exporting aten::index operator of advanced indexing")
        torch.onnx.export(
            module.eval(),
            example,
            target,
            input_names=[IDS, MASK][: len(example)],
            output_names=[VECTOR],
            dynamic_axes=free_axes,
            opset_version=OPSET,
            dynamo=False,
        )


def _plain_bert(model: Any) -> Any:
    """The BERT inside a model that is BERT, the mean over its tokens, and nothing else; None for any other model."""
    kinds = [type(module).__name__ for module in model]
    if kinds not in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"]) or model[1].get_config_dict().get("pooling_mode") != "mean":
        return None
    bert = model[0].model
    config = bert.config
    plain = (
        type(bert).__name__ == "BertModel"
        and config.hidden_act == "gelu"
        and getattr(config, "position_embedding_type", None) in (None, "absolute")
        and not config.is_decoder
    )
    return bert if plain else None


def _one_text(bert: Any) -> Any:
    """Ids (1, length) to a vector (1, dimensions): BERT over one text, every row of which is a token."""
    import torch

    heads: int = bert.config.num_attention_heads
    width: int = bert.config.hidden_size

    def joined(attention: Any) -> Any:
        """One linear layer that gives query, key and value side by side."""
        parts = (attention.query, attention.key, attention.value)
        layer = torch.nn.Linear(width, 3 * width)
        layer.weight.data = torch.cat([part.weight.detach() for part in parts])
        layer.bias.data = torch.cat([part.bias.detach() for part in parts])
        return layer

    class OneText(torch.nn.Module):  # type: ignore[misc]  # the type checker doesn't follow torch
        def __init__(self) -> None:
            super().__init__()
            self.bert = bert
            self.joined = torch.nn.ModuleList(joined(layer.attention.self) for layer in bert.encoder.layer)
            # All of one text is of the first token type, so its vector is part of every position's.
            places = bert.embeddings.position_embeddings.weight + bert.embeddings.token_type_embeddings.weight[0]
            self.places = torch.nn.Parameter(places.detach())

        def forward(self, input_ids: Any) -> Any:
            ids = input_ids[0]
            embeddings = self.bert.embeddings
            rows = embeddings.LayerNorm(embeddings.word_embeddings(ids) + self.places[: ids.shape[0]])
            for joined, layer in zip(self.joined, self.bert.encoder.layer, strict=True):
                query, key, value = (part.view(-1, heads, width // heads).transpose(0, 1) for part in joined(rows).split(width, dim=-1))
                attention = torch.softmax(query @ key.transpose(1, 2) * (width // heads) ** -0.5, dim=-1)
                seen = (attention @ value).transpose(0, 1).reshape(-1, width)
                rows = layer.attention.output.LayerNorm(layer.attention.output.dense(seen) + rows)
                thought = torch.nn.functional.gelu(layer.intermediate.dense(rows))
                rows = layer.output.LayerNorm(layer.output.dense(thought) + rows)
            return torch.nn.functional.normalize(rows.mean(dim=0, keepdim=True), dim=1)

    return OneText()


def _any_model(model: Any) -> Any:
    """Ids and mask (batch, length) to vectors (batch, dimensions), through whatever modules the model has."""
    import torch

    class IdsToUnitVectors(torch.nn.Module):  # type: ignore[misc]  # the type checker doesn't follow torch
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            features = self.model({"input_ids": input_ids, "attention_mask": attention_mask})
            return torch.nn.functional.normalize(features["sentence_embedding"], dim=1)

    return IdsToUnitVectors()
