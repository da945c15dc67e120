//! What the window shows before a capture: the interfaces and how busy they are, and whether a text is a capture filter. Both in
//! threads of their own: libpcap may ask the name service, and devices may be slow.

use std::collections::{HashMap, VecDeque};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::load::Wake;
use crate::capture::live::{self, ANY, Device, LinkKind, LiveError};

/// An interface and how busy it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Watched {
    /// The interface.
    pub device: Device,
    /// The kinds of frames it can hand out, the usual one first; unknown without the right to capture.
    pub links: Vec<LinkKind>,
    /// Packets a second, the newest last; nothing where the system counts none.
    pub rates: VecDeque<f32>,
}

/// All of them.
#[derive(Clone, Debug, Default)]
pub struct WatchState {
    /// The interfaces, in libpcap's order.
    pub interfaces: Vec<Watched>,
    /// Why there are none, or why they cannot be listened to.
    pub refused: Option<LiveError>,
    /// Whether the first look is over.
    pub looked: bool,
}

/// Looks at the interfaces as long as it is there.
pub struct Watch {
    state: Arc<Mutex<WatchState>>,
    quit: Arc<AtomicBool>,
}

/// Rates kept: half a minute.
const KEPT: usize = 60;
/// How often packets are counted.
const TICK: Duration = Duration::from_millis(500);
/// How often the interfaces are listed anew, in ticks.
const LIST_EVERY: u32 = 4;

impl Watch {
    /// Begin to look.
    pub fn start(wake: Wake) -> Watch {
        let watch = Watch {
            state: Arc::default(),
            quit: Arc::default(),
        };
        let (state, quit) = (Arc::clone(&watch.state), Arc::clone(&watch.quit));
        let spawned = std::thread::Builder::new()
            .name("interfaces".into())
            .spawn(move || look(&state, &quit, &wake));
        if let Err(error) = spawned {
            lock(&watch.state).refused = Some(LiveError::Device {
                device: "interfaces".into(),
                message: error.to_string(),
            });
        }
        watch
    }

    /// What is known.
    pub fn state(&self) -> WatchState {
        lock(&self.state).clone()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.quit.store(true, Ordering::Relaxed);
    }
}

fn look(state: &Mutex<WatchState>, quit: &AtomicBool, wake: &Wake) {
    let mut links: HashMap<String, Vec<LinkKind>> = HashMap::new();
    let mut counts: HashMap<String, (Instant, u64)> = HashMap::new();
    let mut tick = 0u32;
    while !quit.load(Ordering::Relaxed) {
        if tick.is_multiple_of(LIST_EVERY) {
            list(state, &mut links);
        }
        {
            let mut state = lock(state);
            let names: Vec<_> = state.interfaces.iter().map(|i| i.device.clone()).collect();
            for watched in &mut state.interfaces {
                let Some(now) = packets(&watched.device, &names) else {
                    continue;
                };
                let at = Instant::now();
                let before = counts.insert(watched.device.name.clone(), (at, now));
                if let Some((then, count)) = before {
                    let seconds = at.duration_since(then).as_secs_f32().max(0.001);
                    watched
                        .rates
                        .push_back(now.saturating_sub(count) as f32 / seconds);
                    while watched.rates.len() > KEPT {
                        watched.rates.pop_front();
                    }
                }
            }
        }
        wake();
        tick = tick.wrapping_add(1);
        std::thread::sleep(TICK);
    }
}

/// List the interfaces; those known already keep their rates.
fn list(state: &Mutex<WatchState>, links: &mut HashMap<String, Vec<LinkKind>>) {
    let (devices, mut refused) = match live::devices() {
        Ok(devices) => (devices, None),
        Err(error) => (Vec::new(), Some(error)),
    };
    for device in devices.iter().filter(|d| d.network && d.up) {
        if links.get(&device.name).is_some_and(|l| !l.is_empty()) {
            continue;
        }
        let kinds = match live::link_kinds(&device.name) {
            Ok(kinds) => kinds,
            Err(error) => {
                if error.is_rights() && refused.is_none() {
                    refused = Some(error);
                }
                Vec::new()
            }
        };
        links.insert(device.name.clone(), kinds);
    }
    let mut state = lock(state);
    let before = std::mem::take(&mut state.interfaces);
    state.interfaces = devices
        .into_iter()
        .map(|device| {
            let known = before.iter().find(|w| w.device.name == device.name);
            Watched {
                links: links.get(&device.name).cloned().unwrap_or_default(),
                rates: known.map(|w| w.rates.clone()).unwrap_or_default(),
                device,
            }
        })
        .collect();
    state.refused = refused;
    state.looked = true;
}

/// Packets that an interface has carried, as Linux counts them for everybody to see.
fn packets(device: &Device, all: &[Device]) -> Option<u64> {
    if device.name == ANY {
        let others = all.iter().filter(|d| d.name != ANY && d.network);
        return Some(others.filter_map(|d| packets(d, &[])).sum());
    }
    if !device.network || device.name.contains('/') {
        return None;
    }
    let folder = Path::new("/sys/class/net")
        .join(&device.name)
        .join("statistics");
    let count = |name: &str| -> Option<u64> {
        let text = std::fs::read_to_string(folder.join(name)).ok()?;
        text.trim().parse().ok()
    };
    let received = count("rx_packets")?;
    // On loopback, what is sent is what is received.
    let sent = if device.loopback {
        0
    } else {
        count("tx_packets")?
    };
    Some(received.saturating_add(sent))
}

/// Says of a text whether it is a capture filter; the newest text counts.
#[derive(Clone, Default)]
pub struct FilterCheck {
    state: Arc<Mutex<CheckState>>,
}

#[derive(Default)]
struct CheckState {
    asked: (String, u16),
    answer: Option<Result<(), String>>,
}

impl FilterCheck {
    /// What is known of this text: nothing yet, that it is a filter for such frames, or libpcap's words.
    pub fn verdict(&self, text: &str, link_type: u16, wake: &Wake) -> Option<Result<(), String>> {
        if text.trim().is_empty() {
            return Some(Ok(()));
        }
        let mut state = lock(&self.state);
        if state.asked.0 == text && state.asked.1 == link_type {
            return state.answer.clone();
        }
        state.asked = (text.to_owned(), link_type);
        state.answer = None;
        drop(state);
        let (state, wake, text) = (Arc::clone(&self.state), Arc::clone(wake), text.to_owned());
        // Without a thread the text stays unchecked; starting the capture checks it again.
        let _ = std::thread::Builder::new()
            .name("capture-filter".into())
            .spawn(move || {
                let answer = live::check_filter(&text, link_type).map_err(|error| match error {
                    LiveError::BadFilter { message, .. } => message,
                    other => other.to_string(),
                });
                let mut state = lock(&state);
                if state.asked.0 == text && state.asked.1 == link_type {
                    state.answer = Some(answer);
                    drop(state);
                    wake();
                }
            });
        None
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
