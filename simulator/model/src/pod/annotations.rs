//! Annotations that a kubelet of 1.20 heeds (k8s 1.20.2,
//! `pkg/apis/core/annotation_key_constants.go` and `pkg/security/apparmor/helpers.go`).

/// Names the `AppArmor` profile of a container, whose name stands behind it.
pub const APPARMOR: &str = "container.apparmor.security.beta.kubernetes.io/";
/// Names the seccomp profile of a container, whose name stands behind it; older than the field.
pub const SECCOMP: &str = "container.seccomp.security.alpha.kubernetes.io/";
/// Names the seccomp profile of all of a pod; older than the field.
pub const SECCOMP_OF_POD: &str = "seccomp.security.alpha.kubernetes.io/pod";
