//! Calls to Docker Engine.

use serde_json::{Map, Value, json};

use crate::RuntimePath;
use crate::call::{EngineCall, EngineRequest, ImageKey, Kind, ListFilter, Target};
use crate::dockershim::PAUSE_IMAGE;
use crate::export::message;
use crate::identity::Catalog;
use crate::pod::whole_repository;
use crate::run::Run;

/// One call.
pub(super) fn call(run: &Run, call: &EngineCall) -> Value {
    let catalog = &run.catalog;
    // dockershim asks for the API of 1.40 at most (libdocker); cri-dockerd takes what there is.
    let version = if run.path == RuntimePath::Dockershim { "v1.40" } else { "v1.41" };
    let (method, path) = method_and_path(catalog, &call.request);
    let mut line = Map::new();
    line.insert("at_us".into(), json!(call.at.as_micros()));
    line.insert("method".into(), json!(method));
    line.insert("path".into(), json!(format!("/{version}{path}")));
    if let Some(query) = query(catalog, &call.request) {
        line.insert("query".into(), query);
    }
    if let Some(body) = body(&call.request) {
        line.insert("body".into(), body);
    }
    line.insert("dur_us".into(), json!(call.took.as_micros()));
    if let Some(status) = call.status {
        line.insert("status".into(), json!(status));
    }
    if let Some(items) = call.items {
        line.insert("items".into(), json!(items));
    }
    if let Some(message) = &call.message {
        line.insert("response".into(), json!({"message": message}));
    }
    if let EngineRequest::ContainerCreate { target, .. } = &call.request {
        line.insert("response".into(), json!({"Id": target_name(catalog, *target)}));
    }
    Value::Object(line)
}

fn target_name(catalog: &Catalog, target: Target) -> String {
    match target {
        Target::Sandbox(id) => catalog.sandbox_name(id),
        Target::Container(id) => catalog.container_name(id),
    }
}

fn image_name(catalog: &Catalog, key: ImageKey) -> String {
    match key {
        ImageKey::Reference(image) => catalog.image_name(image).to_owned(),
        ImageKey::Id(image) => catalog.image_id_name(image),
        ImageKey::Pause => PAUSE_IMAGE.to_owned(),
    }
}

fn method_and_path(catalog: &Catalog, request: &EngineRequest) -> (&'static str, String) {
    let of = |target: &Target, verb: &str| {
        format!("/containers/{}{verb}", target_name(catalog, *target))
    };
    match request {
        EngineRequest::Version => ("GET", "/version".into()),
        EngineRequest::Info => ("GET", "/info".into()),
        EngineRequest::ContainerList { .. } | EngineRequest::ContainersOfSandbox(_) => {
            ("GET", "/containers/json".into())
        }
        EngineRequest::ContainerCreate { .. } => ("POST", "/containers/create".into()),
        EngineRequest::ContainerStart(target) => ("POST", of(target, "/start")),
        EngineRequest::ContainerStop(target, _) => ("POST", of(target, "/stop")),
        EngineRequest::ContainerRemove(target) => ("DELETE", of(target, "")),
        EngineRequest::ContainerInspect(target) => ("GET", of(target, "/json")),
        EngineRequest::ImageList => ("GET", "/images/json".into()),
        EngineRequest::ImageInspect(key) => {
            ("GET", format!("/images/{}/json", image_name(catalog, *key)))
        }
        EngineRequest::ImageRemove(key) => {
            ("DELETE", format!("/images/{}", image_name(catalog, *key)))
        }
        EngineRequest::ImageCreate(_) => ("POST", "/images/create".into()),
        EngineRequest::ExecCreate { container, .. } => {
            ("POST", of(&Target::Container(*container), "/exec"))
        }
        // Docker's exec IDs are 64 hexadecimal digits.
        EngineRequest::ExecInspect(number) => ("GET", format!("/exec/{number:064x}/json")),
    }
}

fn query(catalog: &Catalog, request: &EngineRequest) -> Option<Value> {
    Some(match request {
        EngineRequest::ContainerList { kind, filter } => container_list(catalog, *kind, *filter),
        EngineRequest::ContainersOfSandbox(id) => {
            let label = format!("io.kubernetes.sandbox.id={}", catalog.sandbox_name(*id));
            json!({"all": "1", "filters": {"label": {label: true}}, "limit": "0"})
        }
        EngineRequest::ContainerCreate { name, .. } => json!({"name": name}),
        EngineRequest::ContainerStop(_, seconds) => json!({"t": seconds.to_string()}),
        EngineRequest::ContainerRemove(_) => json!({"force": "1", "v": "1"}),
        EngineRequest::ImageCreate(image) => {
            let name = catalog.image_name(*image);
            let tag = crate::pod::image_tag(name).unwrap_or("latest");
            json!({"fromImage": familiar(name), "tag": tag})
        }
        _ => return None,
    })
}

/// A repository as Docker's client names it: without the host and the folder that go without saying
/// (docker/distribution, `reference/helpers.go`, `FamiliarName`).
fn familiar(reference: &str) -> String {
    let whole = whole_repository(reference);
    let Some(path) = whole.strip_prefix("docker.io/") else { return whole };
    path.strip_prefix("library/").filter(|rest| !rest.contains('/')).unwrap_or(path).to_owned()
}

/// Running containers are a filter by status; ready sandboxes are what Docker lists without `all`.
fn container_list(catalog: &Catalog, kind: Kind, filter: ListFilter) -> Value {
    let kind_label = match kind {
        Kind::Sandbox => "io.kubernetes.docker.type=podsandbox",
        Kind::Container => "io.kubernetes.docker.type=container",
    };
    let mut labels = json!({kind_label: true});
    if let Some(pod) = filter.pod {
        let uid = &catalog.pod(pod).metadata.uid;
        labels[format!("io.kubernetes.pod.uid={uid}")] = json!(true);
    }
    let mut filters = json!({"label": labels});
    if kind == Kind::Container && filter.live {
        filters["status"] = json!({"running": true});
    }
    if kind == Kind::Sandbox && filter.live {
        return json!({"filters": filters, "limit": "0"});
    }
    json!({"all": "1", "filters": filters, "limit": "0"})
}

fn body(request: &EngineRequest) -> Option<Value> {
    match request {
        EngineRequest::ContainerCreate { body, .. } => Some(message(body.as_ref())),
        EngineRequest::ExecCreate { command, .. } => {
            Some(json!({"AttachStderr": true, "AttachStdout": true, "Cmd": command.as_ref()}))
        }
        _ => None,
    }
}
