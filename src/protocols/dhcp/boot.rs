//! Option 43 for machines that start from the network: Intel's PXE, and Apple's BSDP.

use super::bits;
use super::options::{bad_length, text};
use super::vendor::{Space, Sub};
use super::vendor_fields::*;
use crate::dissect::{Layer, NodeId, Stop, Value};
use crate::field::Field;

/// Machines that start from the network (Intel, Preboot Execution Environment 2.1, section 2.3).
pub static PXE: Space = Space {
    option: 43,
    code: &VENDOR_PXECLIENT_SUBOPTION,
    raw: Some(&VENDOR_VALUE),
    unknown: None,
    marks: Some((&VENDOR_PXECLIENT_PADDING, &VENDOR_PXECLIENT_END)),
    known: &[
        (
            1,
            "PXE mtftp IP",
            Sub::Addresses(&VENDOR_PXECLIENT_MTFTP_IP),
        ),
        (
            2,
            "PXE mtftp client port",
            Sub::ShortLe(&VENDOR_PXECLIENT_MTFTP_CLIENT_PORT),
        ),
        (
            3,
            "PXE mtftp server port",
            Sub::ShortLe(&VENDOR_PXECLIENT_MTFTP_SERVER_PORT),
        ),
        (
            4,
            "PXE mtftp timeout",
            Sub::Byte(&VENDOR_PXECLIENT_MTFTP_TIMEOUT),
        ),
        (
            5,
            "PXE mtftp delay",
            Sub::Byte(&VENDOR_PXECLIENT_MTFTP_DELAY),
        ),
        (6, "PXE discovery control", Sub::Special(discovery_control)),
        (
            7,
            "PXE multicast address",
            Sub::Addresses(&VENDOR_PXECLIENT_MULTICAST_ADDRESS),
        ),
        (8, "PXE boot servers", Sub::Special(boot_servers)),
        (9, "PXE boot menu", Sub::Special(boot_menu)),
        (10, "PXE menu prompt", Sub::Special(menu_prompt)),
        (
            11,
            "PXE multicast address alloc",
            Sub::Blob(&VENDOR_PXECLIENT_MULTICAST_ADDRESS_ALLOC),
        ),
        (
            12,
            "PXE credential types",
            Sub::Blob(&VENDOR_PXECLIENT_CREDENTIAL_TYPES),
        ),
        (71, "PXE boot item", Sub::Special(boot_item)),
        (
            179,
            "PXE LCM Server",
            Sub::Text(&VENDOR_PXECLIENT_LCM_SERVER),
        ),
        (
            180,
            "PXE LCM Domain",
            Sub::Text(&VENDOR_PXECLIENT_LCM_DOMAIN),
        ),
        (
            181,
            "PXE LCM NIC option 0",
            Sub::Blob(&VENDOR_PXECLIENT_LCM_NIC_OPTION),
        ),
        (
            190,
            "PXE LCM Workgroup",
            Sub::Text(&VENDOR_PXECLIENT_LCM_WORKGROUP),
        ),
        (
            191,
            "PXE LCM Discovery",
            Sub::Byte(&VENDOR_PXECLIENT_DISCOVERY),
        ),
        (
            192,
            "PXE LCM Configured",
            Sub::Byte(&VENDOR_PXECLIENT_CONFIGURED),
        ),
        (
            193,
            "PXE LCM Version",
            Sub::Word(&VENDOR_PXECLIENT_LCM_VERSION),
        ),
        (
            194,
            "PXE LCM Serial Number",
            Sub::Text(&VENDOR_PXECLIENT_LCM_SERIAL),
        ),
    ],
};

fn discovery_control(l: &mut Layer<'_, '_>, node: NodeId, len: usize) -> Result<(), Stop> {
    if len != 1 {
        bad_length(l, node, "length isn't 1");
        return Ok(());
    }
    let at = l.pos();
    let parts = [
        &VENDOR_PXECLIENT_DISCOVERY_CONTROL_BROADCAST,
        &VENDOR_PXECLIENT_DISCOVERY_CONTROL_MULTICAST,
        &VENDOR_PXECLIENT_DISCOVERY_CONTROL_SERVERLIST,
        &VENDOR_PXECLIENT_DISCOVERY_CONTROL_BSTRAP,
    ];
    bits::summed(l, &VENDOR_PXECLIENT_DISCOVERY_CONTROL, at, 1, &parts)?;
    Ok(())
}

/// A field over the whole value with its parts below it.
fn whole(
    l: &mut Layer<'_, '_>,
    field: &'static Field,
    len: usize,
    parts: impl FnOnce(&mut Layer<'_, '_>, usize) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let start = l.pos();
    l.bytes(field, len)?;
    l.seek(start);
    l.enter();
    parts(l, start + len)?;
    l.close();
    Ok(())
}

fn boot_servers(l: &mut Layer<'_, '_>, _: NodeId, len: usize) -> Result<(), Stop> {
    whole(l, &VENDOR_PXECLIENT_BOOT_SERVERS, len, |l, end| {
        while l.pos() < end {
            l.u16(&VENDOR_PXECLIENT_BOOT_SERVERS_TYPE)?;
            for _ in 0..l.u8(&VENDOR_PXECLIENT_BOOT_SERVERS_COUNT)? {
                l.ipv4(&VENDOR_PXECLIENT_BOOT_SERVERS_IP)?;
            }
        }
        Ok(())
    })
}

fn boot_menu(l: &mut Layer<'_, '_>, _: NodeId, len: usize) -> Result<(), Stop> {
    whole(l, &VENDOR_PXECLIENT_BOOT_MENU, len, |l, end| {
        while l.pos() < end {
            l.u16(&VENDOR_PXECLIENT_BOOT_MENU_TYPE)?;
            let len = l.u8(&VENDOR_PXECLIENT_BOOT_MENU_LENGTH)?;
            text(l, &VENDOR_PXECLIENT_BOOT_MENU_DESC, usize::from(len))?;
        }
        Ok(())
    })
}

fn menu_prompt(l: &mut Layer<'_, '_>, _: NodeId, len: usize) -> Result<(), Stop> {
    whole(l, &VENDOR_PXECLIENT_MENU_PROMPT, len, |l, end| {
        l.u8(&VENDOR_PXECLIENT_MENU_PROMPT_TIMEOUT)?;
        let left = end.saturating_sub(l.pos());
        text(l, &VENDOR_PXECLIENT_MENU_PROMPT_PROMPT, left)
    })
}

fn boot_item(l: &mut Layer<'_, '_>, node: NodeId, len: usize) -> Result<(), Stop> {
    if len != 4 {
        bad_length(l, node, "length isn't 4");
        return Ok(());
    }
    whole(l, &VENDOR_PXECLIENT_BOOT_ITEM, len, |l, _| {
        l.u16(&VENDOR_PXECLIENT_BOOT_ITEM_TYPE)?;
        l.bytes(&VENDOR_PXECLIENT_BOOT_ITEM_LAYER, 2)?;
        Ok(())
    })
}

/// Apple machines that start from the network (Boot Server Discovery Protocol).
pub static BSDP: Space = Space {
    option: 43,
    code: &VENDOR_BSDP_SUBOPTION,
    raw: None,
    unknown: None,
    marks: None,
    known: &[
        (1, "Message Type", Sub::Byte(&VENDOR_BSDP_MESSAGE_TYPE)),
        (2, "Version", Sub::Short(&VENDOR_BSDP_VERSION)),
        (
            3,
            "Server Identifier",
            Sub::Addresses(&VENDOR_BSDP_SERVER_IDENTIFIER),
        ),
        (
            4,
            "Server Priority",
            Sub::Short(&VENDOR_BSDP_SERVER_PRIORITY),
        ),
        (5, "Reply Port", Sub::Short(&VENDOR_BSDP_REPLY_PORT)),
        (
            6,
            "Boot Image List Path",
            Sub::Text(&VENDOR_BSDP_BOOT_IMAGE_LIST_PATH),
        ),
        (7, "Default Boot Image", Sub::Special(default_image)),
        (8, "Selected Boot Image", Sub::Special(selected_image)),
        (9, "Boot Image List", Sub::Special(image_list)),
        (10, "NetBoot 1.0 Firmware", Sub::Special(old_firmware)),
        (
            11,
            "Boot Image Attributes Filter List",
            Sub::Special(image_filter),
        ),
        (
            12,
            "Maximum Message Size",
            Sub::Short(&VENDOR_BSDP_MESSAGE_SIZE),
        ),
    ],
};

fn image_attributes(l: &mut Layer<'_, '_>) -> Result<(), Stop> {
    let at = l.pos();
    let parts = [
        &VENDOR_BSDP_BOOT_IMAGE_ATTRIBUTE_INSTALL,
        &VENDOR_BSDP_BOOT_IMAGE_ATTRIBUTE_KIND,
        &VENDOR_BSDP_BOOT_IMAGE_ATTRIBUTE_RESERVED,
    ];
    bits::summed(l, &VENDOR_BSDP_BOOT_IMAGE_ATTRIBUTE, at, 2, &parts)?;
    l.skip(2);
    Ok(())
}

fn image_id(l: &mut Layer<'_, '_>, field: &'static Field) -> Result<(), Stop> {
    let at = l.pos();
    l.u32(field)?;
    l.enter();
    l.seek(at);
    image_attributes(l)?;
    l.u16(&VENDOR_BSDP_BOOT_IMAGE_INDEX)?;
    l.close();
    Ok(())
}

fn default_image(l: &mut Layer<'_, '_>, _: NodeId, _: usize) -> Result<(), Stop> {
    image_id(l, &VENDOR_BSDP_DEFAULT_BOOT_IMAGE_ID)
}

fn selected_image(l: &mut Layer<'_, '_>, _: NodeId, _: usize) -> Result<(), Stop> {
    image_id(l, &VENDOR_BSDP_SELECTED_BOOT_IMAGE_ID)
}

fn image_list(l: &mut Layer<'_, '_>, _: NodeId, len: usize) -> Result<(), Stop> {
    whole(l, &VENDOR_BSDP_BOOT_IMAGE_LIST, len, |l, end| {
        while l.pos() + 5 <= end {
            let start = l.pos();
            let name = usize::from(l.peek_u8(start + 4)?);
            let room = end - start;
            whole(
                l,
                &VENDOR_BSDP_BOOT_IMAGE_DESC,
                (5 + name).min(room),
                |l, _| {
                    image_attributes(l)?;
                    l.u16(&VENDOR_BSDP_BOOT_IMAGE_INDEX)?;
                    l.u8(&VENDOR_BSDP_BOOT_IMAGE_NAME_LEN)?;
                    text(l, &VENDOR_BSDP_BOOT_IMAGE_NAME, name)
                },
            )?;
        }
        Ok(())
    })
}

fn image_filter(l: &mut Layer<'_, '_>, _: NodeId, len: usize) -> Result<(), Stop> {
    whole(l, &VENDOR_BSDP_ATTRIBUTES_FILTER_LIST, len, |l, end| {
        while l.pos() + 2 <= end {
            image_attributes(l)?;
        }
        Ok(())
    })
}

fn old_firmware(l: &mut Layer<'_, '_>, _: NodeId, len: usize) -> Result<(), Stop> {
    let at = l.pos();
    l.add(&VENDOR_BSDP_NETBOOT_FIRMWARE, at, len, Value::None);
    Ok(())
}
