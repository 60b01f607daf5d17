//! The schema describes every type that it names, and holds what Kubernetes 1.20 has.

use simulator_manifest::schema::{Kind, Schema};

fn named(kind: &Kind) -> Option<&'static str> {
    match kind {
        Kind::Object(name) => Some(name),
        Kind::List(inner) | Kind::Map(inner) => named(inner),
        _ => None,
    }
}

#[test]
fn every_type_is_described() {
    let schema = Schema::get();
    for name in schema.types() {
        for field in schema.fields(name) {
            if let Some(inner) = named(&field.kind) {
                assert!(
                    !schema.fields(inner).is_empty(),
                    "{name}.{} has no type {inner}",
                    field.name
                );
            }
        }
    }
}

/// How many fields the types have in 1.20 (staging/src/k8s.io/api/core/v1/types.go).
#[test]
fn types_have_as_many_fields_as_in_1_20() {
    let old = |name: &str| {
        Schema::get().fields(name).iter().filter(|field| field.since.is_none()).count()
    };
    assert_eq!(old("PodSpec"), 35);
    assert_eq!(old("Container"), 22);
    assert_eq!(old("Volume"), 30);
    assert_eq!(old("PodSecurityContext"), 10);
    assert_eq!(old("SecurityContext"), 11);
    assert_eq!(old("Probe"), 8);
}
