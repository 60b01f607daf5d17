//! Every message that is written out is one of the published types: it decodes without an unknown
//! field, goes through the bytes of the wire, and comes back as it was.
//!
//! `v1alpha2.proto` is the CRI as the crate k8s-cri 0.11.0 publishes it, unchanged, under Kubernetes'
//! own licence (Apache-2.0, in its head). The crate itself needs `protoc` to build, which a fresh
//! machine lacks; the text is compiled here instead. Docker's types are those of bollard-stubs.

use std::collections::BTreeMap;
use std::path::Path;

use bollard_stubs::models::{ContainerConfig, HostConfig};
use prost::Message;
use prost_reflect::{
    DescriptorPool, DeserializeOptions, DynamicMessage, MessageDescriptor, SerializeOptions,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use simulator_model::{export, simulate};

use crate::everything;

/// The messages of each call: of the request, and of the answer.
type Methods = BTreeMap<String, (MessageDescriptor, MessageDescriptor)>;

fn methods() -> Methods {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/it")
        .join("messages_are_the_published_ones");
    let files = protox::compile(["v1alpha2.proto"], [folder]).expect("the CRI's text compiles");
    let pool = DescriptorPool::from_file_descriptor_set(files).expect("it is whole");
    let services: Vec<_> = pool.services().collect();
    let methods = services.iter().flat_map(|service| {
        let service = service.clone();
        let methods: Vec<_> = service.methods().collect();
        methods.into_iter().map(move |method| {
            let name = format!("{}/{}", service.full_name(), method.name());
            (name, (method.input(), method.output()))
        })
    });
    methods.collect()
}

/// A CRI message, through the published type and the bytes of the wire.
fn through_protobuf(json: &Value, of: &MessageDescriptor) -> Result<Value, String> {
    let strict = DeserializeOptions::new().deny_unknown_fields(true);
    let message = DynamicMessage::deserialize_with_options(of.clone(), json, &strict)
        .map_err(|error| error.to_string())?;
    let bytes = message.encode_to_vec();
    let again =
        DynamicMessage::decode(of.clone(), bytes.as_slice()).map_err(|error| error.to_string())?;
    let as_recorded = SerializeOptions::new()
        .stringify_64_bit_integers(false)
        .use_enum_numbers(true)
        .use_proto_field_name(true);
    again
        .serialize_with_options(serde_json::value::Serializer, &as_recorded)
        .map_err(|error| error.to_string())
}

/// A Docker message, through the published type.
fn through_stub<T: DeserializeOwned + Serialize>(json: &Value) -> Result<Value, String> {
    let message: T = serde_json::from_value(json.clone()).map_err(|error| error.to_string())?;
    serde_json::to_value(message).map_err(|error| error.to_string())
}

#[test]
fn cri_messages_are_those_of_api_proto() {
    let methods = methods();
    let mut seen = BTreeMap::<String, usize>::new();
    for (scenario, path) in everything() {
        for line in export::lines(&simulate(&scenario, path, 0)) {
            let Some(call) = line["call"].as_str() else { continue };
            let name = format!("{}/{call}", line["service"].as_str().expect("a call has it"));
            let (input, output) = &methods[&name];
            *seen.entry(name.clone()).or_default() += 1;
            for (part, of) in [("request", input), ("response", output)] {
                let Some(json) = line.get(part) else { continue };
                let found = through_protobuf(json, of);
                let (scenario, what) = (&scenario.name, of.full_name());
                assert_eq!(found.as_ref(), Ok(json), "{name} in {scenario} on {path}: {what}");
            }
        }
    }
    assert!(seen.len() >= 20, "few kinds of calls were seen: {:?}", seen.keys());
}

#[test]
fn docker_messages_are_those_of_its_api() {
    let mut bodies = 0;
    for (scenario, path) in everything().filter(|(_, path)| path.has_docker()) {
        for line in export::lines(&simulate(&scenario, path, 0)) {
            let calls = line["docker"].as_array().into_iter().flatten();
            let creates = calls.filter(|call| {
                call["path"].as_str().is_some_and(|path| path.ends_with("/containers/create"))
            });
            for call in creates {
                let mut config = call["body"].clone();
                let host = config.as_object_mut().and_then(|body| body.remove("HostConfig"));
                let host = host.expect("a container is tied to its node");
                assert_eq!(through_stub::<HostConfig>(&host).as_ref(), Ok(&host), "{path}");
                assert_eq!(
                    through_stub::<ContainerConfig>(&config).as_ref(),
                    Ok(&config),
                    "{path}"
                );
                bodies += 1;
            }
        }
    }
    assert!(bodies > 50, "{bodies} bodies are few");
}

#[test]
fn a_wrong_name_or_type_is_found() {
    let methods = methods();
    let (request, _) = &methods["runtime.v1alpha2.RuntimeService/StopContainer"];
    let wrong_name = serde_json::json!({"container_id": "one", "time_out": 1});
    assert!(through_protobuf(&wrong_name, request).is_err());
    let wrong_type = serde_json::json!({"container_id": "one", "timeout": [1]});
    assert!(through_protobuf(&wrong_type, request).is_err());
    let unknown = serde_json::json!({"NetworkMod": "none"});
    assert_ne!(through_stub::<HostConfig>(&unknown), Ok(unknown));
}
