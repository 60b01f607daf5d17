//! A text made short enough for an address: what occurred before is pointed at, the rest is kept;
//! then letters that need no escape. A checksum tells a mutilated one from a whole one.
//!
//! Of our own because the browser's compression answers later, and an address is needed at once.

/// What manifests are full of: a text can point into it from its first letter.
const PRIMER: &str = "apiVersion: apps/v1\nkind: Deployment\nkind: DaemonSet\nkind: StatefulSet\n\
apiVersion: batch/v1\nkind: CronJob\nkind: Job\nmetadata:\n  name: web\n  namespace: default\n  \
labels:\n    app: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  \
template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      restartPolicy: \
Always\n      hostNetwork: true\n      volumes:\n      - name: data\n        hostPath:\n          \
path: /var/run/docker.sock\n        emptyDir: {}\n        configMap:\n      containers:\n      - \
name: app\n        image: registry.k8s.io/\n        imagePullPolicy: IfNotPresent\n        \
command: [\"/bin/sh\", \"-c\", \"sleep 3600\"]\n        args:\n        ports:\n        - \
containerPort: 8080\n        env:\n        - name: NAME\n          value: \"\"\n        \
resources:\n          requests:\n            cpu: 100m\n            memory: 128Mi\n          \
limits:\n        volumeMounts:\n        - name: data\n          mountPath: /data\n        \
livenessProbe:\n          httpGet:\n            path: /healthz\n            port: 80\n        \
securityContext:\n          privileged: true\n---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: \
main\nspec:\n  containers:\n  - name: main\n    image: busybox\n    ";
/// How far back it points, in bytes.
const BACK_MAX: usize = 4095;
/// The shortest and the longest stretch that is pointed at, in bytes.
const STRETCH: std::ops::RangeInclusive<usize> = 3..=18;
/// The longest text that is read or written, in bytes.
pub const TEXT_MAX: usize = 200_000;

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The text in letters, digits, `-` and `_`; none when it is too long.
pub fn squeeze(text: &str) -> Option<String> {
    if text.len() > TEXT_MAX {
        return None;
    }
    let mut seen = PRIMER.as_bytes().to_vec();
    let mut at = seen.len();
    seen.extend_from_slice(text.as_bytes());
    let mut packed = checksum(text.as_bytes()).to_be_bytes().to_vec();
    while at < seen.len() {
        let flags_at = packed.len();
        packed.push(0);
        for bit in 0..8 {
            if at >= seen.len() {
                break;
            }
            let (back, length) = longest(&seen, at);
            if length >= *STRETCH.start() {
                let code = (back << 4) | (length - STRETCH.start());
                packed.extend_from_slice(&u16::try_from(code).unwrap_or(0).to_be_bytes());
                packed[flags_at] |= 1 << bit;
                at += length;
            } else {
                packed.push(seen[at]);
                at += 1;
            }
        }
    }
    Some(letters(&packed))
}

/// The text of some letters; none when they were not written by [`squeeze`].
pub fn unsqueeze(letters: &str) -> Option<String> {
    let packed = bytes(letters)?;
    let (sum, mut rest) = packed.split_at_checked(2)?;
    let start = PRIMER.len();
    let mut seen = PRIMER.as_bytes().to_vec();
    while let Some((&flags, after)) = rest.split_first() {
        rest = after;
        for bit in 0..8 {
            if flags >> bit & 1 == 0 {
                let Some((&byte, after)) = rest.split_first() else { break };
                seen.push(byte);
                rest = after;
                continue;
            }
            let (code, after) = rest.split_at_checked(2)?;
            let code = usize::from(u16::from_be_bytes([code[0], code[1]]));
            let from = seen.len().checked_sub(code >> 4).filter(|from| *from < seen.len())?;
            for at in from..from + (code & 15) + STRETCH.start() {
                seen.push(seen[at]);
            }
            rest = after;
        }
        if seen.len() - start > TEXT_MAX {
            return None;
        }
    }
    let text = String::from_utf8(seen.split_off(start)).ok()?;
    (checksum(text.as_bytes()).to_be_bytes() == sum).then_some(text)
}

/// How far back the longest stretch lies that begins as what follows `at`, and how long it is.
fn longest(seen: &[u8], at: usize) -> (usize, usize) {
    let room = (seen.len() - at).min(*STRETCH.end());
    let mut best = (0, 0);
    for back in 1..=BACK_MAX.min(at) {
        let from = at - back;
        let length = (0..room).take_while(|nth| seen[from + nth] == seen[at + nth]).count();
        if length > best.1 {
            best = (back, length);
            if length == room {
                break;
            }
        }
    }
    best
}

/// Fletcher's, of 16 bits.
fn checksum(bytes: &[u8]) -> u16 {
    let (mut low, mut high) = (1_u16, 0_u16);
    for byte in bytes {
        low = (low + u16::from(*byte)) % 255;
        high = (high + low) % 255;
    }
    high << 8 | low
}

fn letters(bytes: &[u8]) -> String {
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let get = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let whole = get(0) << 16 | get(1) << 8 | get(2);
        for nth in 0..=three.len() {
            out.push(char::from(DIGITS[(whole >> (18 - 6 * nth) & 63) as usize]));
        }
    }
    out
}

fn bytes(letters: &str) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    for four in letters.as_bytes().chunks(4) {
        let mut whole = 0_u32;
        for nth in 0..4 {
            let digit = match four.get(nth) {
                Some(letter) => DIGITS.iter().position(|digit| digit == letter)?,
                None => 0,
            };
            whole = whole << 6 | u32::try_from(digit).ok()?;
        }
        out.extend_from_slice(&whole.to_be_bytes()[1..four.len().max(1)]);
    }
    Some(out)
}
