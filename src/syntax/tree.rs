//! What parsing gives back: the tree and its labels, by the names of Universal Dependencies (version 2) and the Penn Treebank.

use std::ops::RangeInclusive;

/// Declares a closed set of labels together with the names that treebanks write for them.
macro_rules! labels {
    ($(#[$doc:meta])* $set:ident { $($label:ident = $name:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $set { $($label),* }

        impl $set {
            const NAMES: &[($set, &str)] = &[$(($set::$label, $name)),*];

            /// The label as treebanks write it.
            pub fn name(self) -> &'static str {
                match self { $($set::$label => $name),* }
            }

            fn with_name(name: &str) -> Option<Self> {
                Self::NAMES.iter().find(|(_, known)| *known == name).map(|(label, _)| *label)
            }
        }
    };
}

labels! {
    /// Universal part-of-speech tags (universaldependencies.org/u/pos).
    Upos {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ", Noun = "NOUN", Num = "NUM",
        Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM", Verb = "VERB", X = "X",
    }
}

labels! {
    /// The Penn Treebank tags that the extraction asks for; `Other` is every other one.
    Xpos {
        Vb = "VB", Vbd = "VBD", Vbg = "VBG", Vbn = "VBN", Vbp = "VBP", Vbz = "VBZ", Md = "MD", Nn = "NN", Nns = "NNS", Nnp = "NNP",
        Nnps = "NNPS", Jj = "JJ", In = "IN", To = "TO", Pos = "POS", Prp = "PRP", PrpPoss = "PRP$", Wdt = "WDT", Wp = "WP", Rb = "RB",
        Cd = "CD", Dt = "DT", Other = "-",
    }
}

labels! {
    /// Universal dependency relations with the English subtypes that matter; a subtype not listed is read as its base relation.
    Relation {
        Root = "root", Nsubj = "nsubj", NsubjPass = "nsubj:pass", NsubjOuter = "nsubj:outer", Csubj = "csubj", CsubjPass = "csubj:pass",
        Obj = "obj", Iobj = "iobj", Obl = "obl", OblAgent = "obl:agent", OblUnmarked = "obl:unmarked", Ccomp = "ccomp", Xcomp = "xcomp",
        Advcl = "advcl", AdvclRelcl = "advcl:relcl", Acl = "acl", AclRelcl = "acl:relcl", Nmod = "nmod", NmodPoss = "nmod:poss",
        NmodUnmarked = "nmod:unmarked", NmodDesc = "nmod:desc", Appos = "appos", Amod = "amod", Advmod = "advmod", Nummod = "nummod",
        Det = "det", Case = "case", Mark = "mark", Aux = "aux", AuxPass = "aux:pass", Cop = "cop", Cc = "cc", Conj = "conj",
        Compound = "compound", CompoundPrt = "compound:prt", Flat = "flat", Fixed = "fixed", Expl = "expl", Vocative = "vocative",
        Dislocated = "dislocated", Discourse = "discourse", Parataxis = "parataxis", List = "list", Orphan = "orphan",
        Goeswith = "goeswith", Reparandum = "reparandum", Punct = "punct", Dep = "dep",
    }
}

impl Upos {
    /// The tag of that name; `X`, which stands for what cannot be analysed, for an unknown one.
    pub(super) fn read(name: &str) -> Self {
        Self::with_name(name).unwrap_or(Self::X)
    }
}

impl Xpos {
    pub(super) fn read(name: &str) -> Self {
        Self::with_name(name).unwrap_or(Self::Other)
    }

    /// A verb's form that a clause can have as its only one: "expels", "expelled".
    pub fn is_finite_verb(self) -> bool {
        matches!(self, Self::Vbd | Self::Vbz | Self::Vbp)
    }

    /// Such a form, or a modal: "will".
    pub fn is_finite(self) -> bool {
        self.is_finite_verb() || self == Self::Md
    }
}

impl Relation {
    /// The relation of that name, or else of its base; `Dep` for an unknown one.
    pub(super) fn read(name: &str) -> Self {
        let base = || name.split(':').next().and_then(Self::with_name);
        Self::with_name(name).or_else(base).unwrap_or(Self::Dep)
    }
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
    /// The node without a head; `None` only for the empty sentence.
    pub fn root(&self) -> Option<usize> {
        self.nodes.iter().position(|node| node.head.is_none())
    }

    /// The direct dependents of a node, left to right.
    pub fn children(&self, head: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.nodes.len()).filter(move |node| self.nodes[*node].head == Some(head))
    }

    /// The leftmost direct dependent that stands in this relation.
    pub fn child(&self, head: usize, relation: Relation) -> Option<usize> {
        self.children(head).find(|child| self.nodes[*child].relation == relation)
    }

    /// The heads above a node, the nearest first, up to the root. It ends even where the heads go round.
    pub fn ancestors(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.nodes[node].head, |above| self.nodes[*above].head).take(self.nodes.len())
    }

    /// Whether no node hangs below itself.
    pub fn is_acyclic(&self) -> bool {
        (0..self.nodes.len()).all(|node| self.ancestors(node).all(|above| above != node))
    }

    /// Whether `node` is `top` or stands below it.
    pub fn is_within(&self, node: usize, top: usize) -> bool {
        node == top || self.ancestors(node).any(|above| above == top)
    }

    /// The first and the last token at or below a node. In a tree with crossing arcs, tokens of others may stand between them.
    pub fn span(&self, top: usize) -> RangeInclusive<usize> {
        let within = |node: &usize| self.is_within(*node, top);
        let first = (0..top).find(within).unwrap_or(top);
        let last = (top + 1..self.nodes.len()).rfind(within).unwrap_or(top);
        first..=last
    }

    /// Whether a verb is passive: "were expelled", "got arrested".
    pub fn is_passive(&self, verb: usize) -> bool {
        self.children(verb).any(|child| matches!(self.nodes[child].relation, Relation::AuxPass | Relation::NsubjPass | Relation::CsubjPass))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tree from (head, relation) pairs; the heads count from 1 and 0 is the root, as in CoNLL-U.
    fn tree(arcs: &[(usize, &str)]) -> Tree {
        let node = |&(head, relation): &(usize, &str)| Node {
            upos: Upos::X,
            xpos: Xpos::Other,
            head: head.checked_sub(1),
            relation: Relation::read(relation),
            lemma: String::new(),
        };
        Tree { nodes: arcs.iter().map(node).collect() }
    }

    /// "Two envoys were expelled on Monday ."
    fn expelled() -> Tree {
        tree(&[(2, "nummod"), (4, "nsubj:pass"), (4, "aux:pass"), (0, "root"), (6, "case"), (4, "obl"), (4, "punct")])
    }

    #[test]
    fn finds_what_stands_around_a_node() {
        let tree = expelled();
        assert_eq!(tree.root(), Some(3));
        assert_eq!(tree.children(3).collect::<Vec<_>>(), [1, 2, 5, 6]);
        assert_eq!(tree.child(3, Relation::Obl), Some(5));
        assert_eq!(tree.child(3, Relation::Obj), None);
        assert_eq!(tree.ancestors(4).collect::<Vec<_>>(), [5, 3]);
        assert!(tree.is_within(0, 3) && !tree.is_within(3, 0));
        assert_eq!((tree.span(1), tree.span(3), tree.span(5)), (0..=1, 0..=6, 4..=5));
        assert!(tree.is_passive(3) && !tree.is_passive(1));
    }

    #[test]
    fn reads_names_with_their_subtypes() {
        assert_eq!(Relation::read("acl:relcl"), Relation::AclRelcl);
        assert_eq!(Relation::read("det:predet"), Relation::Det);
        assert_eq!(Relation::read("nonsense"), Relation::Dep);
        assert_eq!((Xpos::read("PRP$"), Xpos::read("JJR")), (Xpos::PrpPoss, Xpos::Other));
        assert!(Relation::NAMES.iter().all(|(relation, name)| Relation::read(name) == *relation && relation.name() == *name));
    }
}
