//! Any text is read as a filter: it is refused with a place inside the text, or compiled, run, and its syntax tree written and
//! read again gives the same tree. The same with macros; and it is completed at every place, coloured, and joined with another.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use wireglass::dissect::{Options, Registry, Tree, Want};
use wireglass::filter;
use wireglass::filter::complete::complete;
use wireglass::filter::compose::Join;
use wireglass::filter::paint::parts;
use wireglass::filter::{FilterError, Macros};

#[path = "../../tests/memory.rs"]
mod memory;
#[path = "../panics.rs"]
mod panics;

use memory::{Frame, Memory};

/// An Ethernet frame with IPv4, UDP and a DNS question, to run filters on.
const FRAME: &[u8] = b"\x02\0\0\0\0\x02\x02\0\0\0\0\x01\x08\0\x45\0\0\x3d\0\x01\0\0\x40\x11\0\0\xc0\0\x02\x01\xc0\0\x02\x02\
\x9c\x40\0\x35\0\x29\0\0\x12\x34\x01\0\0\x01\0\0\0\0\0\0\x03www\x07example\x03org\0\0\x01\0\x01";

static MEMORY: OnceLock<(Registry, Memory)> = OnceLock::new();

fuzz_target!(|text: &str| {
    panics::count();
    let options = Options::default();
    let (registry, memory) = MEMORY.get_or_init(|| {
        let registry = wireglass::protocols::registry();
        let frame = Frame { bytes: FRAME.to_vec(), original: FRAME.len() as u32, link: 1, time_ns: 0 };
        let memory = Memory::scan(vec![frame], &registry, &options);
        (registry, memory)
    });
    match filter::compile(text, registry) {
        Ok(filter) => {
            let mut tree = Tree::new();
            memory.read(0, registry, &options, Want::NODES, &mut tree);
            let first = filter.matches(&tree, FRAME);
            assert_eq!(filter.matches(&tree, FRAME), first);
            if let Ok(Some(syntax)) = filter::parse(text) {
                let written = syntax.to_string();
                let again = filter::compile(&written, registry)
                    .unwrap_or_else(|e| panic!("{text:?} was written as {written:?}: {}", e.message));
                assert_eq!(again.matches(&tree, FRAME), first, "{text:?} was written as {written:?}");
            }
        }
        Err(error) => {
            assert!(error.span.start <= error.span.end && error.span.end <= text.len(), "{text:?}: {:?}", error.span);
            assert!(!error.message.is_empty());
            let _ = error.render(text);
        }
    }
    window(text, registry);
    panics::none();
});

/// What the window does with a text while it is typed.
fn window(text: &str, registry: &Registry) {
    let macros = Macros::new(
        [("a", "dns or $b($1, $1)"), ("b", "udp.port in {$1, $2}"), ("c", "$c $c")]
            .map(|(name, text)| (name.to_owned(), text.to_owned())),
    );
    let inside = |error: &FilterError| {
        let end = error.span.end;
        assert!(error.span.start <= end && end <= text.len(), "{text:?}: {:?}", error.span);
        if let Some(fix) = &error.fix {
            assert!(fix.span.start <= fix.span.end && fix.span.end <= text.len(), "{text:?}: {fix:?}");
            let _ = fix.apply(text);
        }
    };
    match filter::compile_using(text, registry, None, &macros) {
        Ok(filter) => {
            filter.doubts().iter().for_each(inside);
            for join in Join::ALL {
                let joined = join.apply(text, "udp.port == 53");
                if let Err(error) = filter::compile_using(&joined, registry, None, &macros) {
                    // Only a limit can stand against it.
                    let limit = error.message.contains("longer") || error.message.contains("More than");
                    assert!(limit || text.contains('$'), "{joined:?}: {}", error.message);
                }
            }
        }
        Err(error) => inside(&error),
    }
    let mut at = 0;
    for (place, _) in parts(text, registry) {
        assert!(at <= place.start && text.get(place.clone()).is_some(), "{text:?}: {place:?}");
        at = place.end;
    }
    // Looking through all fields is slow beside the rest: one place, chosen by the text.
    if text.len() % 8 == 3 {
        let caret = text.bytes().fold(0usize, |sum, b| sum + usize::from(b)) % (text.len() + 1);
        for asked in [false, true] {
            let completion = complete(text, caret, registry, &macros, asked);
            for proposal in completion.proposals.iter().take(2) {
                let (new, caret) = completion.accept(text, proposal);
                assert!(new.is_char_boundary(caret), "{text:?}: {caret}");
            }
        }
    }
}
