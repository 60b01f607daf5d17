//! What a pod wants of its node; what it wants of other pods only the scheduler reads.

manifest!(
    /// `affinity`.
    Affinity {
        /// What it wants of the node.
        node_affinity: NodeAffinity,
    }
);
manifest!(
    /// `nodeAffinity`.
    NodeAffinity {
        /// What the node must have.
        required_during_scheduling_ignored_during_execution: Option<NodeSelector>,
    }
);
manifest!(
    /// What a node must have.
    NodeSelector {
        /// One of these must fit.
        node_selector_terms: Vec<NodeSelectorTerm>,
    }
);
manifest!(
    /// Some requirements, all of which must hold.
    NodeSelectorTerm {
        /// For labels.
        match_expressions: Vec<NodeSelectorRequirement>,
        /// For fields, of which there is `metadata.name`.
        match_fields: Vec<NodeSelectorRequirement>,
    }
);
manifest!(
    /// One requirement.
    NodeSelectorRequirement {
        /// The label or field.
        key: String,
        /// `In`, `NotIn`, `Exists`, `DoesNotExist`, `Gt` or `Lt`.
        operator: String,
        /// The values.
        values: Vec<String>,
    }
);
