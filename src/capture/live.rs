//! libpcap, and nothing else of the program: which interfaces there are, whether a text is a capture filter, and a tap that
//! takes frames off an interface. What becomes of the frames is the [`Recorder`](super::Recorder)'s business.

use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use pcap::{Active, Capture, Linktype, Precision};

/// The name of the pseudo-device that sees all interfaces (Linux).
pub const ANY: &str = "any";

/// The longest stretch of a frame that is kept if nothing else is asked for: libpcap's own limit.
pub const WHOLE_FRAMES: u32 = 262_144;

/// The kernel's buffer for one interface if nothing else is asked for, in MiB. libpcap's own 2 MiB hold less than 20 ms of a full
/// gigabit link; this holds four times as much, and a busy desktop may well leave us without the processor for so long.
pub const BUFFER_MIB: u32 = 8;

/// How long the kernel may hold frames back to hand over many at once. Fast links fill a block sooner; on slow ones, this is
/// how late a frame is seen.
pub const HELD_BACK: Duration = Duration::from_millis(40);

/// Why libpcap could not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LiveError {
    /// This user may not capture.
    #[error("{device}: you have no right to capture here ({message})")]
    NoRights {
        /// The interface.
        device: String,
        /// libpcap's words.
        message: String,
    },
    /// No interface of this name.
    #[error(
        "{device}: there is no such interface; `wireglass interfaces` lists those that there are"
    )]
    NoDevice {
        /// The name asked for.
        device: String,
    },
    /// The system has no interface at all that frames can be captured on.
    #[error("this system has no interface to capture on")]
    NoDevices,
    /// The text is not a capture filter.
    #[error("\"{filter}\" is not a capture filter: {message}")]
    BadFilter {
        /// The text.
        filter: String,
        /// libpcap's words.
        message: String,
    },
    /// The interface cannot do that, or has failed.
    #[error("{device}: {message}")]
    Device {
        /// The interface.
        device: String,
        /// libpcap's words.
        message: String,
    },
}

impl LiveError {
    /// Whether capturing failed for want of rights: then there is something that the user can do about it.
    pub fn is_rights(&self) -> bool {
        matches!(self, Self::NoRights { .. })
    }

    fn of(device: &str, error: &pcap::Error) -> Self {
        let device = device.to_owned();
        let message = words(error);
        let has = |parts: &[&str]| parts.iter().any(|part| message.contains(part));
        if has(&["ermission", "not permitted", "CAP_NET_RAW"]) {
            Self::NoRights { device, message }
        } else if has(&["No such device", "doesn't exist", "does not exist"]) {
            Self::NoDevice { device }
        } else {
            Self::Device { device, message }
        }
    }
}

/// libpcap's words without the wrapper's.
fn words(error: &pcap::Error) -> String {
    match error {
        pcap::Error::PcapError(message) => message.trim().to_owned(),
        other => other.to_string(),
    }
}

/// An interface of this machine.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Device {
    /// The system's name, such as `eth0`.
    pub name: String,
    /// What libpcap says about it.
    pub description: Option<String>,
    /// Its addresses.
    pub addresses: Vec<IpAddr>,
    /// Whether it is switched on.
    pub up: bool,
    /// Whether it is switched on and has what it needs to carry frames.
    pub running: bool,
    /// Whether it is the machine's own loopback.
    pub loopback: bool,
    /// Whether it is a radio.
    pub wireless: bool,
    /// Whether it is a network interface (on systems other than Linux: unknown, and taken for one), so that looking at it
    /// disturbs nobody.
    pub network: bool,
    /// Whether a cable is plugged in, or the radio associated; unknown for those where it makes no sense.
    pub connected: Option<bool>,
}

/// All interfaces that libpcap knows, in its order: those most likely wanted come first.
pub fn devices() -> Result<Vec<Device>, LiveError> {
    let found = pcap::Device::list().map_err(|error| LiveError::of("interfaces", &error))?;
    if found.is_empty() {
        return Err(LiveError::NoDevices);
    }
    Ok(found
        .into_iter()
        .map(|device| Device {
            network: is_network(&device.name) || !cfg!(target_os = "linux"),
            up: device.flags.is_up(),
            running: device.flags.is_running(),
            loopback: device.flags.is_loopback(),
            wireless: device.flags.is_wireless(),
            connected: match device.flags.connection_status {
                pcap::ConnectionStatus::Connected => Some(true),
                pcap::ConnectionStatus::Disconnected => Some(false),
                _ => None,
            },
            addresses: device.addresses.iter().map(|a| a.addr).collect(),
            description: device.desc,
            name: device.name,
        })
        .collect())
}

/// A kind of frames that an interface can hand out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkKind {
    /// libpcap's number for it (DLT).
    number: i32,
    /// Its name, such as `EN10MB`.
    pub name: String,
    /// What a person would call it.
    pub description: String,
}

impl LinkKind {
    fn of(link: Linktype) -> Self {
        Self {
            number: link.0,
            name: link.get_name().unwrap_or_else(|_| link.0.to_string()),
            description: link.get_description().unwrap_or_default(),
        }
    }

    /// Its number in capture files (<https://www.tcpdump.org/linktypes.html>), which is libpcap's but for the few that
    /// systems number differently.
    pub fn link_type(&self) -> u16 {
        match self.number {
            11 => 100, // ATM_RFC1483
            12 => 101, // RAW
            19 => 106, // ATM_CLIP
            number => u16::try_from(number).unwrap_or(u16::MAX),
        }
    }
}

/// The kinds of frames that an interface can hand out; the first is what it does unasked. Needs the right to capture.
pub fn link_kinds(device: &str) -> Result<Vec<LinkKind>, LiveError> {
    let options = TapOptions {
        buffer_mib: 1,
        ..TapOptions::default()
    };
    let tap = Tap::open(device, &options)?;
    let mut kinds = vec![tap.link.clone()];
    if let Ok(all) = tap.capture.list_datalinks() {
        kinds.extend(all.into_iter().map(LinkKind::of).filter(|k| *k != tap.link));
    }
    Ok(kinds)
}

/// Whether a text is a capture filter for frames of this link type (1 is Ethernet). No rights are needed.
pub fn check_filter(filter: &str, link_type: u16) -> Result<(), LiveError> {
    filter_code(filter, link_type).map(|_| ())
}

/// The program that a capture filter is made into, one instruction a line: operation, jumps, operand.
pub fn filter_code(filter: &str, link_type: u16) -> Result<Vec<String>, LiveError> {
    let bad = |error: pcap::Error| LiveError::BadFilter {
        filter: filter.to_owned(),
        message: words(&error),
    };
    let link = match link_type {
        101 => 12,
        other => i32::from(other),
    };
    let dead = Capture::dead(Linktype(link)).map_err(bad)?;
    let program = dead.compile(filter, true).map_err(bad)?;
    Ok(program
        .get_instructions()
        .iter()
        .map(ToString::to_string)
        .collect())
}

/// How an interface is listened to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TapOptions {
    /// Whether frames for other machines are wanted too.
    pub promiscuous: bool,
    /// Whether a radio should hand out all that is in the air.
    pub monitor: bool,
    /// How many bytes of each frame to keep.
    pub snap_len: u32,
    /// Size of the kernel's buffer, MiB.
    pub buffer_mib: u32,
    /// Name of the kind of frames, such as `EN10MB`; `None`: what the interface does unasked.
    pub link: Option<String>,
    /// Capture filter; empty: everything.
    pub filter: String,
    /// libpcap's immediate mode: no frame is held back. On Linux the kernel's buffer then has room for a few dozen frames only,
    /// unless `snap_len` is small.
    pub immediate: bool,
}

impl Default for TapOptions {
    fn default() -> Self {
        Self {
            promiscuous: false,
            monitor: false,
            snap_len: WHOLE_FRAMES,
            buffer_mib: BUFFER_MIB,
            link: None,
            filter: String::new(),
            immediate: false,
        }
    }
}

/// What an interface counted since it was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TapCounts {
    /// Frames that passed the capture filter, dropped ones included.
    pub received: u64,
    /// Frames that the kernel dropped because its buffer was full.
    pub dropped: u64,
    /// Frames that the interface dropped before anybody saw them.
    pub interface_dropped: u64,
}

/// An interface that is being listened to.
pub struct Tap {
    capture: Capture<Active>,
    device: String,
    link: LinkKind,
    /// Nanoseconds in a unit of the fraction.
    unit: i64,
    stop: Arc<AtomicBool>,
    counts: TapCounts,
    /// libpcap's counters at the last look: 32 bits wide.
    last: (u32, u32, u32),
}

impl Tap {
    /// Begins to listen.
    pub fn open(device: &str, options: &TapOptions) -> Result<Self, LiveError> {
        let failed = |error: pcap::Error| LiveError::of(device, &error);
        let buffer = i64::from(options.buffer_mib.max(1)) << 20;
        let fine = is_network(device);
        let mut inactive = Capture::from_device(device)
            .map_err(failed)?
            // All interfaces together cannot be promiscuous; asking for it is a fault to some versions of libpcap.
            .promisc(options.promiscuous && device != ANY)
            .snaplen(i32::try_from(options.snap_len.clamp(1, WHOLE_FRAMES)).unwrap_or(i32::MAX))
            .buffer_size(i32::try_from(buffer).unwrap_or(i32::MAX))
            .timeout(HELD_BACK.as_millis() as i32)
            .immediate_mode(options.immediate);
        if fine {
            inactive = inactive.precision(Precision::Nano);
        }
        if options.monitor {
            inactive = inactive.rfmon(true);
        }
        let mut capture = inactive.open().map_err(failed)?;
        if let Some(name) = &options.link {
            let link = Linktype::from_name(name).map_err(|_| LiveError::Device {
                device: device.to_owned(),
                message: format!(
                    "there is no link type \"{name}\"; `wireglass capture -L` lists them"
                ),
            })?;
            capture.set_datalink(link).map_err(failed)?;
        }
        if !options.filter.trim().is_empty() {
            capture
                .filter(&options.filter, true)
                .map_err(|error| LiveError::BadFilter {
                    filter: options.filter.clone(),
                    message: words(&error),
                })?;
        }
        Ok(Self {
            link: LinkKind::of(capture.get_datalink()),
            capture,
            device: device.to_owned(),
            unit: if fine { 1 } else { 1000 },
            stop: Arc::default(),
            counts: TapCounts::default(),
            last: (0, 0, 0),
        })
    }

    /// The kind of frames that it hands out.
    pub fn link(&self) -> &LinkKind {
        &self.link
    }

    /// The interface's name.
    pub fn device(&self) -> &str {
        &self.device
    }

    /// Whether the interface has been switched off since it was opened. libpcap would wait until it is switched on again.
    pub fn is_switched_off(device: &str) -> bool {
        const UP: u32 = 1; // net/if.h, IFF_UP
        let flags = Path::new("/sys/class/net").join(device).join("flags");
        // One that is gone altogether is libpcap's to tell.
        std::fs::read_to_string(flags)
            .ok()
            .and_then(|text| u32::from_str_radix(text.trim().strip_prefix("0x")?, 16).ok())
            .is_some_and(|flags| flags & UP == 0)
    }

    /// Whether the kernel stamps each frame once, in nanoseconds, whoever listens.
    pub fn stamps_once(&self) -> bool {
        self.unit == 1
    }

    /// What ends [`take`](Self::take) from another thread.
    pub fn stopper(&mut self) -> TapStopper {
        TapStopper {
            stop: Arc::clone(&self.stop),
            wake: self.capture.breakloop_handle(),
        }
    }

    /// Whether it was told to stop.
    pub fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Acquire)
    }

    /// Waits for frames and hands at most `most` of them to `each`: time (nanoseconds since 1970), length on the wire, bytes.
    /// Returns how many there were: fewer than `most` when no more are waiting; none when it was told to stop, or (in immediate
    /// mode) after [`HELD_BACK`].
    pub fn take(
        &mut self,
        most: usize,
        mut each: impl FnMut(i64, u32, &[u8]),
    ) -> Result<usize, LiveError> {
        let unit = self.unit;
        let taken = self.capture.dispatch(Some(most), |packet| {
            let ts = packet.header.ts;
            // 32 bits wide on some systems.
            #[allow(clippy::useless_conversion)]
            let (seconds, fraction) = (i64::from(ts.tv_sec), i64::from(ts.tv_usec));
            let time = seconds
                .saturating_mul(1_000_000_000)
                .saturating_add(fraction.saturating_mul(unit));
            each(time, packet.header.len, packet.data);
        });
        match taken {
            Ok(count) => Ok(count),
            // Breaking out is reported as an error without words.
            Err(_) if self.is_stopped() => Ok(0),
            Err(error) => Err(LiveError::of(&self.device, &error)),
        }
    }

    /// Hands over what the kernel had received when it was told to stop, and no more.
    pub fn take_rest(self, mut each: impl FnMut(i64, u32, &[u8])) -> Result<TapCounts, LiveError> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let end = now.map_or(i64::MAX, |now| {
            i64::try_from(now.as_nanos()).unwrap_or(i64::MAX)
        });
        // Until then the kernel may hold the last frames back.
        std::thread::sleep(HELD_BACK + Duration::from_millis(10));
        let device = self.device.clone();
        let mut tap = Self {
            capture: self
                .capture
                .setnonblock()
                .map_err(|error| LiveError::of(&device, &error))?,
            ..self
        };
        let (mut past, mut nothing) = (false, 0);
        // A flood goes on while we take; frames after the end show that all before it were taken.
        while !past {
            let taken = tap.take(1024, |time, original, bytes| {
                past |= time > end;
                if !past {
                    each(time, original, bytes);
                }
            })?;
            // The first time, nothing may mean only that breaking out was still to be told.
            nothing = if taken == 0 { nothing + 1 } else { 0 };
            if nothing == 2 {
                break;
            }
        }
        Ok(tap.counts())
    }

    /// What it counted so far.
    pub fn counts(&mut self) -> TapCounts {
        // An interface that went away counts nothing any more; what it counted stays.
        if let Ok(now) = self.capture.stats() {
            let more = |now: u32, last: u32| u64::from(now.wrapping_sub(last));
            self.counts.received += more(now.received, self.last.0);
            self.counts.dropped += more(now.dropped, self.last.1);
            self.counts.interface_dropped += more(now.if_dropped, self.last.2);
            self.last = (now.received, now.dropped, now.if_dropped);
        }
        self.counts
    }
}

/// Ends a [`Tap`] from another thread.
pub struct TapStopper {
    stop: Arc<AtomicBool>,
    wake: pcap::BreakLoop,
}

impl TapStopper {
    /// Ends it; at once if it is waiting.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Release);
        self.wake.breakloop();
    }
}

/// Whether this is a network interface of Linux, and none of the other things that libpcap lists (USB, D-Bus, netfilter...):
/// those give times in microseconds, not nanoseconds.
fn is_network(device: &str) -> bool {
    cfg!(target_os = "linux")
        && (device == ANY
            || (!device.contains('/') && Path::new("/sys/class/net").join(device).exists()))
}
