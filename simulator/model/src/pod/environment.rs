//! Environment variables and where their values come from.

use std::collections::BTreeMap;

use crate::pod::Quantity;

manifest!(
    /// One environment variable.
    EnvVar {
        /// Its name.
        name: String,
        /// Its value.
        value: String,
        /// Where its value comes from.
        value_from: Option<EnvSource>,
    }
);
manifest!(
    /// Where a value comes from.
    EnvSource {
        /// A field of the pod.
        field_ref: Option<FieldRef>,
        /// What a container needs or may use.
        resource_field_ref: Option<ResourceFieldRef>,
        /// A value of a `ConfigMap`.
        config_map_key_ref: Option<KeyRef>,
        /// A value of a `Secret`.
        secret_key_ref: Option<KeyRef>,
    }
);
manifest!(
    /// A field of the pod.
    FieldRef {
        /// The version of the API; the API's scheme writes `v1` where a file says nothing.
        api_version: String,
        /// The path, such as `status.podIP`.
        field_path: String,
    }
);
manifest!(
    /// What a container needs or may use.
    ResourceFieldRef {
        /// The container; empty means the one with the variable.
        container_name: String,
        /// The resource, such as `limits.cpu`.
        resource: String,
        /// The unit; absent means 1.
        divisor: Option<Quantity>,
    }
);
manifest!(
    /// One value of a `ConfigMap` or `Secret`.
    KeyRef {
        /// The object.
        name: String,
        /// The key.
        key: String,
        /// Whether the container starts without it.
        optional: Option<bool>,
        /// What stands there; none where there is nothing. Whoever reads the manifest fills it in,
        /// as the model has no API server to ask.
        value: Option<String>,
    }
);
manifest!(
    /// A whole object that is put into the environment.
    EnvFrom {
        /// What is put before each name.
        prefix: String,
        /// A `ConfigMap`.
        config_map_ref: Option<ObjectRef>,
        /// A `Secret`.
        secret_ref: Option<ObjectRef>,
    }
);
manifest!(
    /// A `ConfigMap` or `Secret` as a whole.
    ObjectRef {
        /// The object.
        name: String,
        /// Whether the container starts without it.
        optional: Option<bool>,
        /// What is in it; none where there is no such object. Filled in as in [`KeyRef`].
        values: Option<BTreeMap<String, String>>,
    }
);
