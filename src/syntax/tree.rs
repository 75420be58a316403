/// Universal part-of-speech tags (universaldependencies.org/u/pos).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[rustfmt::skip]
pub enum Upos { Adj, Adp, Adv, Aux, Cconj, Det, Intj, Noun, Num, Part, Pron, Propn, Punct, Sconj, Sym, Verb, X }

/// The Penn Treebank tags that the extraction asks for; `Other` is every other one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[rustfmt::skip]
pub enum Xpos { Vb, Vbd, Vbg, Vbn, Vbp, Vbz, Md, Nn, Nns, Nnp, Nnps, Jj, In, To, Pos, Prp, PrpPoss, Wdt, Wp, Rb, Cd, Dt, Other }

/// Universal dependency relations with the English subtypes that matter; a subtype not listed is read as its base relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[rustfmt::skip]
pub enum Relation {
    Root, Nsubj, NsubjPass, NsubjOuter, Csubj, CsubjPass, Obj, Iobj, Obl, OblAgent, OblUnmarked, Ccomp, Xcomp, Advcl, AdvclRelcl, Acl, AclRelcl,
    Nmod, NmodPoss, NmodUnmarked, NmodDesc, Appos, Amod, Advmod, Nummod, Det, Case, Mark, Aux, AuxPass, Cop, Cc, Conj, Compound, CompoundPrt, Flat, Fixed,
    Expl, Vocative, Dislocated, Discourse, Parataxis, List, Orphan, Goeswith, Reparandum, Punct, Dep,
}

/// One token's analysis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    pub upos: Upos,
    pub xpos: Xpos,
    /// The head's index in the sentence; `None` for the root.
    pub head: Option<usize>,
    pub relation: Relation,
    /// The dictionary form in lower case ("imposed" -> "impose", "talks" -> "talk").
    pub lemma: String,
}

/// The analysis of one sentence: exactly one node a token, one root, no cycles.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Tree {
    pub nodes: Vec<Node>,
}

impl Tree {
    /// The direct dependents of a node, left to right.
    pub fn children(&self, head: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.nodes.len()).filter(move |node| self.nodes[*node].head == Some(head))
    }
}
