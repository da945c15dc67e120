//! What to do when a user may not capture: the commands for this program on this system.

use std::path::Path;

/// A way to get the right to capture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remedy {
    /// What it does, in a sentence.
    pub what: &'static str,
    /// The command, to be copied as it is.
    pub command: String,
}

/// The ways there are, the best first. `program` is the path of this program, `interface` the one that was asked for.
pub fn remedies(program: &Path, interface: &str) -> Vec<Remedy> {
    let path = quoted(&program.to_string_lossy());
    let interface = quoted(interface);
    if !cfg!(target_os = "linux") {
        return vec![Remedy {
            what: "Capture with the rights of root, and look at it without them.",
            command: format!("sudo {path} capture -i {interface} -w - | {path} -i - -k"),
        }];
    }
    vec![
        Remedy {
            what: "Give this program the right to capture, for every user of this machine.",
            command: format!("sudo setcap cap_net_raw,cap_net_admin=ep {path}"),
        },
        Remedy {
            what: "Give it to the members of a group only, you among them. Log in again afterwards.",
            command: format!(
                "sudo groupadd -f wireglass && sudo usermod -aG wireglass \"$USER\" && sudo chgrp wireglass {path} && sudo chmod 750 {path} && sudo setcap cap_net_raw,cap_net_admin=ep {path}"
            ),
        },
        Remedy {
            what: "Only this once: capture with the rights of root, and look at it without them.",
            command: format!("sudo {path} capture -i {interface} -w - | {path} -i - -k"),
        },
    ]
}

/// As a shell takes it for one word.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+:@%".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_survive_the_shell() {
        assert_eq!(quoted("/usr/bin/wireglass"), "/usr/bin/wireglass");
        assert_eq!(quoted("/home/an o'her/w"), "'/home/an o'\\''her/w'");
        let remedies = remedies(Path::new("/opt/wire glass"), "eth0");
        assert!(
            remedies
                .iter()
                .all(|r| r.command.contains("'/opt/wire glass'"))
        );
    }
}
