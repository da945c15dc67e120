//! The choices that are kept from session to session.

use super::CapturePanel;
use super::options::LEAST_MEMORY;
use crate::capture::live::WHOLE_FRAMES;

impl CapturePanel {
    /// The section of the settings.
    pub const SECTION: &'static str = "capture";

    /// What is kept, a line each.
    pub fn lines(&self) -> Vec<String> {
        vec![
            format!("memory = {}", self.memory_mb),
            format!("kernel buffer = {}", self.buffer_mib),
            format!("keep of each packet = {}", self.snap_len),
            format!("promiscuous = {}", self.promiscuous),
            format!("show packets as they come = {}", self.real_time),
            format!("stay at the newest = {}", self.auto_scroll),
        ]
    }

    /// Take what was kept. Lines that make no sense are passed over.
    pub fn take(&mut self, lines: &[String]) {
        for line in lines {
            let Some((name, value)) = line.split_once('=') else {
                continue;
            };
            let value = value.trim();
            let number = |within: std::ops::RangeInclusive<u32>| {
                value.parse().ok().filter(|n| within.contains(n))
            };
            let switch = || value.parse().ok();
            match name.trim() {
                "memory" => {
                    self.memory_mb = number(LEAST_MEMORY..=1_000_000).unwrap_or(self.memory_mb);
                }
                "kernel buffer" => {
                    self.buffer_mib = number(1..=1024).unwrap_or(self.buffer_mib);
                }
                "keep of each packet" => {
                    self.snap_len = number(0..=WHOLE_FRAMES).unwrap_or(self.snap_len);
                }
                "promiscuous" => self.promiscuous = switch().unwrap_or(self.promiscuous),
                "show packets as they come" => {
                    self.real_time = switch().unwrap_or(self.real_time);
                }
                "stay at the newest" => {
                    self.auto_scroll = switch().unwrap_or(self.auto_scroll);
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_come_back() {
        let chosen = CapturePanel {
            memory_mb: 64,
            snap_len: 96,
            promiscuous: true,
            auto_scroll: false,
            ..CapturePanel::default()
        };
        let mut panel = CapturePanel::default();
        panel.take(&chosen.lines());
        assert_eq!(panel.lines(), chosen.lines());
        assert_eq!((panel.memory_mb, panel.promiscuous), (64, true));
        let before = panel.lines();
        for line in [
            "memory = 3",
            "memory = much",
            "kernel buffer = 0",
            "colour = red",
            "",
        ] {
            panel.take(&[line.to_owned()]);
        }
        assert_eq!(panel.lines(), before);
    }
}
