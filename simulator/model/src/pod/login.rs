//! What a pod may log in to registries with.

manifest!(
    /// A secret with which images are pulled.
    PullSecret {
        /// The secret.
        name: String,
        /// What is in it. Whoever reads the manifest fills it in, as the model has no API server to
        /// ask.
        logins: Vec<Login>,
    }
);
manifest!(
    /// Who somebody is to a registry.
    Login {
        /// The registry, with a folder if it is for that only; `https://` may stand before it.
        location: String,
        /// The name.
        username: String,
        /// The password.
        password: String,
    }
);
