"""Makes the tiny pipeline in `model/` that the target `weights` damages: python3 model.py (spaCy 3.8)."""

import pathlib
import re
import shutil

import spacy
from spacy.training import Example
from spacy.tokens import Doc

HERE = pathlib.Path(__file__).parent
FILES = [
    "config.cfg", "tokenizer", "tok2vec/model", "tagger/model", "tagger/cfg", "parser/model", "parser/moves",
    "ner/model", "ner/moves", "attribute_ruler/patterns", "lemmatizer/lookups/lookups.bin", "vocab/lookups.bin",
]


def embedding(attributes):
    return {
        "@architectures": "spacy.MultiHashEmbed.v2", "width": 4, "attrs": attributes,
        "rows": [8] * len(attributes), "include_static_vectors": False,
    }


def network(attributes):
    encode = {"@architectures": "spacy.MaxoutWindowEncoder.v2", "width": 4, "depth": 2, "window_size": 1, "maxout_pieces": 2}
    return {"@architectures": "spacy.Tok2Vec.v2", "embed": embedding(attributes), "encode": encode}


def transitions(state, tok2vec):
    return {
        "@architectures": "spacy.TransitionBasedParser.v2", "state_type": state, "extra_state_tokens": False,
        "hidden_width": 4, "maxout_pieces": 2, "use_upper": True, "tok2vec": tok2vec,
    }


listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 4, "upstream": "tok2vec"}
nlp = spacy.blank("en")
nlp.tokenizer.rules = {key: value for key, value in nlp.tokenizer.rules.items() if key in ("don't", "U.S.", ":)", "a.m.")}
nlp.tokenizer.prefix_search = re.compile(r"^\(|^[\"'“]|^\$(?=[0-9])|^US(?=\$)|^…").search
nlp.tokenizer.suffix_search = re.compile(r"'s$|(?<=[a-z0-9)])\.$|[,;)\"”]$|(?<=[0-9])(?:km|m|%)$|(?<=[A-Z][A-Z])\.$").search
nlp.tokenizer.infix_finditer = re.compile(r"\.\.+|(?<=[a-z])[,:](?=[A-Za-z])|(?<=[0-9])[+*^-](?=[0-9-])|(?<=\w)--?(?=\w)").finditer
nlp.tokenizer.token_match = re.compile(r"^:-?[)(]{1,3}$").match
nlp.tokenizer.url_match = re.compile(r"(?u)^(?:(?:https?|ftp)://)?(?!10\.)[\w-]+(?:\.[a-z]{2,})+(?:/\S*)?$").match
nlp.add_pipe("tok2vec", config={"model": network(["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"])})
nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener, "normalize": False}})
nlp.add_pipe("parser", config={"model": transitions("parser", listener), "min_action_freq": 1})
ruler = nlp.add_pipe("attribute_ruler")
lemmatizer = nlp.add_pipe("lemmatizer", config={"mode": "rule"})
nlp.add_pipe("ner", config={"model": transitions("ner", network(["NORM", "PREFIX", "SUFFIX", "SHAPE"]))})

words = ["Norland", "did", "n't", "see", "Sudovia", "again", "."]
spaces = [True, False, True, True, True, False, False]
doc = Doc(
    nlp.vocab, words=words, spaces=spaces, tags=["NNP", "VBD", "RB", "VB", "NNP", "RB", "."],
    heads=[3, 3, 3, 3, 3, 3, 3], deps=["nsubj", "aux", "neg", "ROOT", "dobj", "advmod", "punct"],
    ents=["B-GPE", "O", "O", "O", "B-GPE", "O", "O"],
)
for tag, pos in [("NNP", "PROPN"), ("VBD", "VERB"), ("VB", "VERB"), ("RB", "ADV"), (".", "PUNCT")]:
    ruler.add([[{"TAG": tag}]], {"POS": pos, "MORPH": "VerbForm=Fin" if tag == "VBD" else ""})
ruler.add([[{"LOWER": {"IN": ["did", "does"]}, "TAG": "VBD"}, {"LOWER": "n't"}]], {"LEMMA": "do"}, index=0)
lemmatizer.lookups.add_table("lemma_rules", {"verb": [["s", ""], ["ed", "e"]], "noun": [["s", ""]]})
lemmatizer.lookups.add_table("lemma_exc", {"verb": {"saw": ["see"]}, "noun": {"men": ["man"]}})
lemmatizer.lookups.add_table("lemma_index", {"verb": ["see"], "noun": ["man"]})
nlp.vocab.lookups.add_table("lexeme_norm", {"n't": "not", "'s": "'s", "grey": "gray"})
example = Example(doc, doc.copy())
spacy.util.fix_random_seed(1)
for name in ("tok2vec", "tagger", "parser", "ner"):
    nlp.get_pipe(name).initialize(lambda: [example], nlp=nlp)
nlp.to_disk(HERE / "whole")
shutil.rmtree(HERE / "model", ignore_errors=True)
for name in FILES:
    (HERE / "model" / name).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE / "whole" / name, HERE / "model" / name)
shutil.rmtree(HERE / "whole")
