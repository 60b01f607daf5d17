//! The script that `serve` adds to each page: reload on a new build, show an error on a failed one.

/// Where the server sends its events.
pub(crate) const EVENTS: &str = "/__live";

const SCRIPT: &str = r#"<script>
(() => {
  const events = new EventSource("/__live");
  let shown;
  events.addEventListener("build", (event) => {
    if (shown !== undefined && shown !== event.data) location.reload();
    shown = event.data;
  });
  events.addEventListener("failure", (event) => {
    shown = "failure";
    let box = document.getElementById("build-failure");
    if (!box) {
      box = document.createElement("pre");
      box.id = "build-failure";
      box.setAttribute("role", "alert");
      box.style.cssText = "position:fixed;inset:auto 0 0 0;max-height:60vh;overflow:auto;margin:0;" +
        "padding:1rem;background:#5a0f0f;color:#fff;font:14px/1.5 monospace;z-index:9999;white-space:pre-wrap";
      document.body.append(box);
    }
    box.textContent = event.data;
  });
})();
</script>
"#;

/// The page with the script before the end of its body.
pub(crate) fn add_script(html: &str) -> String {
    match html.rfind("</body>") {
        Some(end) => format!("{}{SCRIPT}{}", &html[..end], &html[end..]),
        None => format!("{html}{SCRIPT}"),
    }
}
