//! What the items of private messages hold: fields and their lengths, for each request. They are the structures of one program
//! (xntpd, later ntpd), as its monitoring tool `ntpdc` reads them.

use super::fields::{
    KEYID, ORG, PPOLL, PRECISION as CLOCK_PRECISION, REC, REFID, REFTIME, ROOTDELAY,
    ROOTDISPERSION, STRATUM, XMT,
};
use super::private_fields::*;
use crate::field::Field;

/// Fields with their lengths in bytes; without a field, bytes that are passed over. Length 0: to the end of the item.
pub type Item = &'static [(Option<&'static Field>, usize)];

/// Layout of an item of PEER_LIST.
static PEER_LIST_ITEM: Item = &[
    (Some(&ADDRESS), 4),
    (Some(&PORT), 2),
    (Some(&HMODE), 1),
    (Some(&PEER_FLAGS), 1),
    (Some(&IPV6_FLAG), 4),
    (Some(&UNUSED), 4),
    (Some(&ADDRESS6), 16),
];

/// Layout of an item of PEER_LIST_SUM.
static PEER_LIST_SUM_ITEM: Item = &[
    (Some(&DSTADDRESS), 4),
    (Some(&SRCADDRESS), 4),
    (Some(&SRCPORT), 2),
    (Some(&STRATUM), 1),
    (Some(&HPOLL), 1),
    (Some(&PPOLL), 1),
    (Some(&REACH), 1),
    (Some(&PEER_FLAGS), 1),
    (Some(&HMODE), 1),
    (Some(&DELAY), 4),
    (Some(&OFFSET), 8),
    (Some(&DISPERSION), 4),
    (Some(&IPV6_FLAG), 4),
    (Some(&UNUSED), 4),
    (Some(&DSTADDRESS6), 16),
    (Some(&SRCADDRESS6), 16),
];

/// Layout of an item in the answer to PEER_INFO.
static PEER_INFO_ANSWER: Item = &[
    (Some(&DSTADDRESS), 4),
    (Some(&SRCADDRESS), 4),
    (Some(&SRCPORT), 2),
    (Some(&PEER_FLAGS), 1),
    (Some(&LEAP), 1),
    (Some(&HMODE), 1),
    (Some(&PMODE), 1),
    (Some(&STRATUM), 1),
    (Some(&PPOLL), 1),
    (Some(&HPOLL), 1),
    (Some(&CLOCK_PRECISION), 1),
    (Some(&VERSION), 1),
    (Some(&UNUSED), 1),
    (Some(&REACH), 1),
    (Some(&UNREACH), 1),
    (Some(&FLASH), 1),
    (Some(&TTL), 1),
    (Some(&FLASH2), 2),
    (Some(&ASSOCID), 2),
    (Some(&KEYID), 4),
    (Some(&PKEYID), 4),
    (Some(&REFID), 4),
    (Some(&TIMER), 4),
    (Some(&ROOTDELAY), 4),
    (Some(&ROOTDISPERSION), 4),
    (Some(&REFTIME), 8),
    (Some(&ORG), 8),
    (Some(&REC), 8),
    (Some(&XMT), 8),
    (Some(&FILTDELAY), 4),
    (Some(&FILTOFFSET), 8),
    (Some(&ORDER), 1),
    (Some(&DELAY), 4),
    (Some(&DISPERSION), 4),
    (Some(&OFFSET), 8),
    (Some(&SELECTDIS), 4),
    (Some(&UNUSED), 4),
    (Some(&UNUSED), 4),
    (Some(&UNUSED), 4),
    (Some(&UNUSED), 4),
    (Some(&UNUSED), 4),
    (Some(&UNUSED), 4),
    (Some(&UNUSED), 4),
    (Some(&ESTBDELAY), 4),
    (Some(&IPV6_FLAG), 4),
    (Some(&UNUSED), 4),
    (Some(&DSTADDRESS6), 16),
    (Some(&SRCADDRESS6), 16),
];

/// Layout of an item in the answer to PEER_STATS.
static PEER_STATS_ANSWER: Item = &[
    (Some(&DSTADDRESS), 4),
    (Some(&SRCADDRESS), 4),
    (Some(&SRCPORT), 2),
    (Some(&PEER_FLAGS), 1),
    (Some(&TIMERESET), 4),
    (Some(&TIMERECEIVED), 4),
    (Some(&TIMETOSEND), 4),
    (Some(&TIMEREACHABLE), 4),
    (Some(&SENT), 4),
    (Some(&UNUSED), 4),
    (Some(&PROCESSED), 4),
    (Some(&UNUSED), 4),
    (Some(&BADAUTH), 4),
    (Some(&BOGUSORG), 4),
    (Some(&OLDPKT), 4),
    (Some(&UNUSED), 4),
    (Some(&UNUSED), 4),
    (Some(&SELDISP), 4),
    (Some(&SELBROKEN), 4),
    (Some(&UNUSED), 4),
    (Some(&CANDIDATE), 1),
    (Some(&UNUSED), 1),
    (Some(&UNUSED), 1),
    (Some(&UNUSED), 1),
    (Some(&IPV6_FLAG), 4),
    (Some(&UNUSED), 4),
    (Some(&DSTADDRESS6), 16),
    (Some(&SRCADDRESS6), 16),
];

/// Layout of an item of SYS_INFO.
static SYS_INFO_ITEM: Item = &[
    (Some(&ADDRESS), 4),
    (Some(&PMODE), 1),
    (Some(&LEAP), 1),
    (Some(&STRATUM), 1),
    (Some(&CLOCK_PRECISION), 1),
    (Some(&ROOTDELAY), 4),
    (Some(&ROOTDISPERSION), 4),
    (Some(&REFID), 4),
    (Some(&REFTIME), 8),
    (Some(&POLL), 4),
    (Some(&SYS_FLAGS8), 1),
    (Some(&UNUSED), 3),
    (Some(&BDELAY), 4),
    (Some(&FREQ), 4),
    (Some(&AUTHDELAY), 8),
    (Some(&STABILITY), 4),
    (Some(&IPV6_FLAG), 4),
    (Some(&UNUSED), 4),
    (Some(&ADDRESS6), 16),
];

/// Layout of an item of SYS_STATS.
static SYS_STATS_ITEM: Item = &[
    (Some(&TIMEUP), 4),
    (Some(&TIMERESET), 4),
    (Some(&DENIED), 4),
    (Some(&OLDVERSION), 4),
    (Some(&NEWVERSION), 4),
    (Some(&BAD_VERSION), 4),
    (Some(&BADLENGTH), 4),
    (Some(&PROCESSED), 4),
    (Some(&BADAUTH), 4),
    (Some(&TIMERECEIVED), 4),
    (Some(&LIMITREJECTED), 4),
    (Some(&LAMPORT), 4),
    (Some(&TSROUNDING), 4),
];

/// Layout of an item of IO_STATS.
static IO_STATS_ITEM: Item = &[
    (Some(&TIMERESET), 4),
    (Some(&TOTALRECVBUFS), 2),
    (Some(&FREERECVBUFS), 2),
    (Some(&FULLRECVBUFS), 2),
    (Some(&LOWWATER), 2),
    (Some(&DROPPED), 4),
    (Some(&IGNORED), 4),
    (Some(&RECEIVED), 4),
    (Some(&SENT), 4),
    (Some(&NOTSENT), 4),
    (Some(&INTERRUPTS), 4),
    (Some(&INT_RECEIVED), 4),
];

/// Layout of an item of MEM_STATS.
static MEM_STATS_ITEM: Item = &[
    (Some(&TIMERESET), 4),
    (Some(&TOTALMEM), 2),
    (Some(&FREEMEM), 2),
    (Some(&FINDPEER_CALLS), 4),
    (Some(&ALLOCATIONS), 4),
    (Some(&DEMOBILIZATIONS), 4),
    (Some(&HASHCOUNT), 0),
];

/// Layout of an item of LOOP_INFO.
static LOOP_INFO_ITEM: Item = &[
    (Some(&LAST_OFFSET), 8),
    (Some(&DRIFT_COMP), 8),
    (Some(&COMPLIANCE), 4),
    (Some(&WATCHDOG_TIMER), 4),
];

/// Layout of an item of TIMER_STATS.
static TIMER_STATS_ITEM: Item = &[
    (Some(&TIMERESET), 4),
    (Some(&ALARMS), 4),
    (Some(&OVERFLOWS), 4),
    (Some(&XMTCALLS), 4),
];

/// Layout of an item of CONFIG.
static CONFIG_ITEM: Item = &[
    (Some(&ADDRESS), 4),
    (Some(&HMODE), 1),
    (Some(&VERSION), 1),
    (Some(&MINPOLL), 1),
    (Some(&MAXPOLL), 1),
    (Some(&PRIV_CONFIG_FLAGS), 1),
    (Some(&TTL), 1),
    (Some(&UNUSED), 2),
    (Some(&KEYID), 4),
    (Some(&KEY_FILE), 128),
    (Some(&IPV6_FLAG), 4),
    (Some(&UNUSED), 4),
    (Some(&ADDRESS6), 16),
];

/// Layout of an item of UNCONFIG.
static UNCONFIG_ITEM: Item = &[
    (Some(&ADDRESS), 4),
    (Some(&IPV6_FLAG), 4),
    (Some(&ADDRESS6), 16),
];

/// Layout of an item of SET_SYS_FLAG.
static SET_SYS_FLAG_ITEM: Item = &[(Some(&SYS_FLAGS), 4)];

/// Layout of an item of GET_RESTRICT.
static GET_RESTRICT_ITEM: Item = &[
    (Some(&ADDRESS), 4),
    (Some(&MASK), 4),
    (Some(&COUNT), 4),
    (Some(&RFLAGS), 2),
    (Some(&MFLAGS), 2),
    (Some(&IPV6_FLAG), 4),
    (Some(&UNUSED), 4),
    (Some(&ADDRESS6), 16),
    (Some(&MASK6), 16),
];

/// Layout of an item of RESADDFLAGS.
static RESADDFLAGS_ITEM: Item = &[
    (Some(&ADDRESS), 4),
    (Some(&MASK), 4),
    (Some(&IPPEERLIMIT), 2),
    (Some(&RESTRICT_FLAGS), 2),
    (Some(&MFLAGS), 2),
    (Some(&UNUSED), 4),
    (Some(&ADDRESS6), 16),
    (Some(&MASK6), 16),
];

/// Layout of an item of MON_GETLIST.
static MON_GETLIST_ITEM: Item = &[
    (Some(&MONLIST_AVGINT), 4),
    (Some(&MONLIST_LSINT), 4),
    (Some(&MONLIST_RESTR), 4),
    (Some(&MONLIST_COUNT), 4),
    (Some(&MONLIST_REMOTE_ADDRESS), 4),
    (Some(&MONLIST_PORT), 2),
    (Some(&MONLIST_MODE), 1),
    (Some(&MONLIST_VERSION), 1),
    (Some(&MONLIST_IPV6), 4),
    (Some(&MONLIST_UNUSED), 4),
    (Some(&MONLIST_ADDR6), 16),
];

/// Layout of an item of RESET_STATS.
static RESET_STATS_ITEM: Item = &[(Some(&RESET_STATS_FLAGS), 4)];

/// Layout of an item of TRUSTKEY.
static TRUSTKEY_ITEM: Item = &[(Some(&KEY), 8)];

/// Layout of an item of AUTHINFO.
static AUTHINFO_ITEM: Item = &[
    (Some(&TIMERESET), 4),
    (Some(&NUMKEYS), 4),
    (Some(&NUMFREEKEYS), 4),
    (Some(&KEYLOOKUPS), 4),
    (Some(&KEYNOTFOUND), 4),
    (Some(&ENCRYPTIONS), 4),
    (Some(&DECRYPTIONS), 4),
    (Some(&EXPIRED), 4),
    (Some(&KEYUNCACHED), 4),
];

/// Layout of an item of TRAPS.
static TRAPS_ITEM: Item = &[
    (Some(&LOCAL_ADDRESS), 4),
    (Some(&TRAP_ADDRESS), 4),
    (Some(&TRAP_PORT), 2),
    (Some(&SEQUENCE), 2),
    (Some(&SETTIME), 4),
    (Some(&ORIGTIME), 4),
    (Some(&RESETS), 4),
    (Some(&PRIV_TRAPS_FLAGS), 4),
    (Some(&IPV6_FLAG), 4),
    (Some(&LOCAL_ADDRESS6), 16),
    (Some(&TRAP_ADDRESS6), 16),
];

/// Layout of an item of ADD_TRAP.
static ADD_TRAP_ITEM: Item = &[
    (Some(&LOCAL_ADDRESS), 4),
    (Some(&TRAP_ADDRESS), 4),
    (Some(&TRAP_PORT), 2),
    (Some(&UNUSED), 2),
    (Some(&IPV6_FLAG), 4),
    (Some(&LOCAL_ADDRESS6), 16),
    (Some(&TRAP_ADDRESS6), 16),
];

/// Layout of an item of REQUEST_KEY.
static REQUEST_KEY_ITEM: Item = &[(Some(&KEYID), 4)];

/// Layout of an item of GET_CTLSTATS.
static GET_CTLSTATS_ITEM: Item = &[
    (Some(&TIMERESET), 4),
    (Some(&REQUESTS), 4),
    (Some(&BAD_PACKETS), 4),
    (Some(&RESPONSES), 4),
    (Some(&FRAGMENTS), 4),
    (Some(&ERRORS), 4),
    (Some(&TOO_SHORT), 4),
    (Some(&INPUT_RESPONSES), 4),
    (Some(&INPUT_FRAGMENTS), 4),
    (Some(&INPUT_ERRORS), 4),
    (Some(&BAD_OFFSET), 4),
    (Some(&BAD_VERSION), 4),
    (Some(&DATA_TOO_SHORT), 4),
    (Some(&BADOP), 4),
    (Some(&ASYNC_MESSAGES), 4),
];

/// Layout of an item of GET_CLOCKINFO.
static GET_CLOCKINFO_ITEM: Item = &[(Some(&ADDRESS), 4)];

/// Layout of an item in the answer to GET_CLOCKINFO.
static GET_CLOCKINFO_ANSWER: Item = &[
    (Some(&ADDRESS), 4),
    (Some(&MSG_TYPE), 1),
    (Some(&CLOCK_FLAGS), 1),
    (Some(&LASTEVENT), 1),
    (Some(&CURRENTSTATUS), 1),
    (Some(&POLLS), 4),
    (Some(&NORESPONSE), 4),
    (Some(&BADFORMAT), 4),
    (Some(&BADDATA), 4),
    (Some(&TIMESTARTED), 4),
    (Some(&FUDGETIME1), 8),
    (Some(&FUDGETIME2), 8),
    (Some(&FUDGEVAL1), 4),
    (Some(&FUDGEVAL2), 4),
];

/// Layout of an item of SET_CLKFUDGE.
static SET_CLKFUDGE_ITEM: Item = &[
    (Some(&ADDRESS), 4),
    (Some(&WHICH), 4),
    (Some(&FUDGETIME), 8),
    (Some(&FUDGEVAL_FLAGS), 4),
];

/// Layout of an item of GET_KERNEL.
static GET_KERNEL_ITEM: Item = &[
    (Some(&KERNEL_OFFSET), 4),
    (Some(&FREQ), 4),
    (Some(&MAXERROR), 4),
    (Some(&ESTERROR), 4),
    (Some(&STATUS), 2),
    (Some(&SHIFT), 2),
    (Some(&CONSTANT), 4),
    (Some(&PRECISION), 4),
    (Some(&TOLERANCE), 4),
    (Some(&PPSFREQ), 4),
    (Some(&JITTER), 4),
    (Some(&STABIL), 4),
    (Some(&JITCNT), 4),
    (Some(&CALCNT), 4),
    (Some(&ERRCNT), 4),
    (Some(&STBCNT), 4),
];

/// Layout of an item in the answer to GET_CLKBUGINFO.
static GET_CLKBUGINFO_ANSWER: Item = &[
    (Some(&ADDRESS), 4),
    (Some(&NVALUES), 1),
    (Some(&NTIMES), 1),
    (Some(&SVALUES), 2),
    (Some(&STIMES), 4),
    (Some(&VALUES), 64),
    (Some(&TIMES), 256),
];

/// Layout of an item of MON_GETLIST_1.
static MON_GETLIST_1_ITEM: Item = &[
    (Some(&MONLIST_AVGINT), 4),
    (Some(&MONLIST_LSINT), 4),
    (Some(&MONLIST_RESTR), 4),
    (Some(&MONLIST_COUNT), 4),
    (Some(&MONLIST_REMOTE_ADDRESS), 4),
    (Some(&MONLIST_LOCAL_ADDRESS), 4),
    (Some(&MONLIST_FLAGS), 4),
    (Some(&MONLIST_PORT), 2),
    (Some(&MONLIST_MODE), 1),
    (Some(&MONLIST_VERSION), 1),
    (Some(&MONLIST_IPV6), 4),
    (Some(&MONLIST_UNUSED), 4),
    (Some(&MONLIST_ADDR6), 16),
    (Some(&MONLIST_DADDR6), 16),
];

/// Layout of an interface with IPv4 addresses.
static INTERFACE: Item = &[
    (Some(&ADDRESS), 4),
    (None, 12),
    (Some(&BCAST), 4),
    (None, 12),
    (Some(&MASK), 4),
    (None, 12),
    (Some(&IPV6_FLAG), 4),
    (Some(&INT_NAME), 32),
    (Some(&INT_FLAGS), 4),
    (Some(&LAST_TTL), 4),
    (Some(&NUM_MCAST), 4),
    (Some(&RECEIVED), 4),
    (Some(&SENT), 4),
    (Some(&NOTSENT), 4),
    (Some(&UPTIME), 4),
    (Some(&SCOPEID), 4),
    (Some(&IFINDEX), 4),
    (Some(&IFNUM), 4),
    (Some(&PEERCNT), 4),
    (Some(&FAMILY), 2),
    (Some(&IGNORE_PKTS), 1),
    (Some(&ACTION), 1),
    (Some(&UNUSED), 4),
];

/// Layout of an interface with IPv6 addresses.
pub static INTERFACE6: Item = &[
    (Some(&ADDRESS6), 16),
    (Some(&BCAST6), 16),
    (Some(&MASK6), 16),
    (Some(&IPV6_FLAG), 4),
    (Some(&INT_NAME), 32),
    (Some(&INT_FLAGS), 4),
    (Some(&LAST_TTL), 4),
    (Some(&NUM_MCAST), 4),
    (Some(&RECEIVED), 4),
    (Some(&SENT), 4),
    (Some(&NOTSENT), 4),
    (Some(&UPTIME), 4),
    (Some(&SCOPEID), 4),
    (Some(&IFINDEX), 4),
    (Some(&IFNUM), 4),
    (Some(&PEERCNT), 4),
    (Some(&FAMILY), 2),
    (Some(&IGNORE_PKTS), 1),
    (Some(&ACTION), 1),
    (Some(&UNUSED), 4),
];

/// What an item of a request holds, or one of the answer to it.
pub fn layout(request: u8, response: bool) -> Item {
    match (request, response) {
        (0, _) => PEER_LIST_ITEM,
        (1, _) => PEER_LIST_SUM_ITEM,
        (2, false) => PEER_LIST_ITEM,
        (2, true) => PEER_INFO_ANSWER,
        (3, false) => PEER_LIST_ITEM,
        (3, true) => PEER_STATS_ANSWER,
        (4, _) => SYS_INFO_ITEM,
        (5, _) => SYS_STATS_ITEM,
        (6, _) => IO_STATS_ITEM,
        (7, _) => MEM_STATS_ITEM,
        (8, _) => LOOP_INFO_ITEM,
        (9, _) => TIMER_STATS_ITEM,
        (10, _) => CONFIG_ITEM,
        (11 | 22, _) => UNCONFIG_ITEM,
        (12 | 13, _) => SET_SYS_FLAG_ITEM,
        (16, _) => GET_RESTRICT_ITEM,
        (17..=19, _) => RESADDFLAGS_ITEM,
        (20, _) => MON_GETLIST_ITEM,
        (21, _) => RESET_STATS_ITEM,
        (26 | 27, _) => TRUSTKEY_ITEM,
        (28, _) => AUTHINFO_ITEM,
        (29, _) => TRAPS_ITEM,
        (30 | 31, _) => ADD_TRAP_ITEM,
        (32 | 33, _) => REQUEST_KEY_ITEM,
        (34, _) => GET_CTLSTATS_ITEM,
        (36, false) => GET_CLOCKINFO_ITEM,
        (36, true) => GET_CLOCKINFO_ANSWER,
        (37, _) => SET_CLKFUDGE_ITEM,
        (38, _) => GET_KERNEL_ITEM,
        (39, false) => GET_CLOCKINFO_ITEM,
        (39, true) => GET_CLKBUGINFO_ANSWER,
        (42, _) => MON_GETLIST_1_ITEM,
        (44 | 45, _) => INTERFACE,
        _ => &[],
    }
}
