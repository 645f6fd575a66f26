"""A llama.cpp server with a tiny model of random numbers: what it says is nonsense, in the shape that was asked for.

usage: python -m provider_check.tiny_model FOLDER

Writes the model into FOLDER, serves it, prints its address, and ends with its input.
"""

import os
import sys

import gguf
import numpy
import xllamacpp

WIDTH, HEADS, INNER = 32, 4, 64
CONTEXT = 16_384
TEMPLATE = "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}assistant:"


def vocabulary():
    """Every byte, and every printable letter of ASCII, so that any text can be read and written."""
    kinds = gguf.TokenType
    special = [(b"<unk>", kinds.UNKNOWN), (b"<s>", kinds.CONTROL), (b"</s>", kinds.CONTROL)]
    raw = [(b"<0x%02X>" % value, kinds.BYTE) for value in range(256)]
    letters = [(bytes([value]), kinds.NORMAL) for value in range(33, 127)] + [("▁".encode(), kinds.NORMAL)]
    return special + raw + letters


def write(path):
    words = vocabulary()
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(1)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_vocab_size(len(words))
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    writer.add_tokenizer_model("llama")
    writer.add_tokenizer_pre("default")
    writer.add_token_list([word for word, _ in words])
    writer.add_token_scores([0.0] * len(words))
    writer.add_token_types([kind for _, kind in words])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_chat_template(TEMPLATE)
    add_weights(writer, words)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def add_weights(writer, words):
    random = numpy.random.default_rng(1)

    def draw(*shape):
        return (random.standard_normal(shape) * 0.3).astype(numpy.float32)

    # The first number of every word is the same, so that the first column of the output is what the model prefers.
    embedding, output = draw(len(words), WIDTH), draw(len(words), WIDTH)
    embedding[:, 0] = 3
    output[:, 0] = [preference(word, kind) for word, kind in words]
    writer.add_tensor("token_embd.weight", embedding)
    writer.add_tensor("output.weight", output)
    for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
        writer.add_tensor(f"blk.0.{name}.weight", draw(WIDTH, WIDTH))
    for name, shape in (("ffn_gate", (INNER, WIDTH)), ("ffn_up", (INNER, WIDTH)), ("ffn_down", (WIDTH, INNER))):
        writer.add_tensor(f"blk.0.{name}.weight", draw(*shape))
    for name in ("output_norm", "blk.0.attn_norm", "blk.0.ffn_norm"):
        writer.add_tensor(f"{name}.weight", numpy.ones(WIDTH, numpy.float32))


def preference(word, kind):
    """Texts and lists come to an end, and are made of letters: a grammar allows more than anybody would wait for."""
    if kind == gguf.TokenType.BYTE:
        return -3.0
    return {b'"': 1.0, b"]": 0.5, b"}": 0.5, "▁".encode(): -0.5}.get(word, 0.0)


def serve(path):
    parameters = xllamacpp.CommonParams()
    parameters.model.path = path
    parameters.n_ctx = CONTEXT
    parameters.n_parallel = 1
    parameters.warmup = False
    parameters.use_jinja = True
    parameters.port = 0
    parameters.cpuparams.n_threads = 1
    server = xllamacpp.Server(parameters)
    print(server.listening_address, flush=True)
    sys.stdin.read()
    return server


def main():
    path = os.path.join(sys.argv[1], "tiny.gguf")
    write(path)
    serve(path)


if __name__ == "__main__":
    main()
