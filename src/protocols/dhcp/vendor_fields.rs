//! The fields of options that have parts of their own: those of vendors and of relays.

/// Words for `dhcp.option.vendor.pxeclient.suboption`.
pub static VENDOR_PXECLIENT_SUBOPTION_NAMES: &[(u64, &str)] = &[
    (0, "Padding"),
    (1, "PXE mtftp IP"),
    (2, "PXE mtftp client port"),
    (3, "PXE mtftp server port"),
    (4, "PXE mtftp timeout"),
    (5, "PXE mtftp delay"),
    (6, "PXE discovery control"),
    (7, "PXE multicast address"),
    (8, "PXE boot servers"),
    (9, "PXE boot menu"),
    (10, "PXE menu prompt"),
    (11, "PXE multicast address alloc"),
    (12, "PXE credential types"),
    (71, "PXE boot item"),
    (179, "PXE LCM Server"),
    (180, "PXE LCM Domain"),
    (181, "PXE LCM NIC option 0"),
    (190, "PXE LCM Workgroup"),
    (191, "PXE Discovery"),
    (192, "PXE Configured"),
    (193, "PXE LCM version"),
    (194, "PXE LCM Serial Number"),
    (255, "PXE End"),
];

/// Words for `dhcp.option.vendor.pxeclient.boot_servers.type`.
pub static VENDOR_PXECLIENT_BOOT_SERVERS_TYPE_NAMES: &[(u64, &str)] = &[
    (0, "PXE bootstrap server"),
    (1, "Microsoft Windows NT Boot Server"),
    (2, "Intel LCM Boot Server"),
    (3, "DOS/UNDI Boot Server"),
    (4, "NEC ESMPRO Boot Server"),
    (5, "IBM WSoD Boot Server"),
    (6, "IBM LCCM Boot Server"),
    (7, "CA Unicenter TNG Boot Server"),
    (8, "HP OpenView Boot Server"),
    (65535, "PXE API Test server"),
];

/// Words for `dhcp.option.vendor.cisco.suboption`.
pub static VENDOR_CISCO_SUBOPTION_NAMES: &[(u64, &str)] = &[
    (225, "XiqHostname"),
    (226, "XiqIpAddress"),
    (1, "Unk-1 (Node role?)"),
    (2, "Unk-2 (Spine level?)"),
    (3, "Unk-3 (Pod ID?)"),
    (4, "Node ID"),
    (5, "Unk-5"),
    (6, "Unk-6"),
    (7, "Model"),
    (8, "APIC UUID"),
    (9, "Fabricname"),
    (10, "Unk-10"),
    (11, "SerialNo"),
    (12, "Interfacename"),
];

/// Words for `dhcp.option.vendor.cl.suboption`.
pub static VENDOR_CL_SUBOPTION_NAMES: &[(u64, &str)] = &[
    (0, "Padding"),
    (1, "Suboption Request List"),
    (2, "Device Type"),
    (3, "eSAFE Types"),
    (4, "Serial Number"),
    (5, "Hardware Version"),
    (6, "Software Version"),
    (7, "Boot ROM version"),
    (8, "Organizationally Unique Identifier"),
    (9, "Model Number"),
    (10, "Vendor Name"),
    (11, "Address Realm"),
    (12, "CM/PS System Description"),
    (13, "CM/PS Firmware Revision"),
    (14, "Firewall Policy File Version"),
    (15, "eSafe Config File Devices"),
    (18, "Video Security Type"),
    (31, "MTA MAC Address"),
    (32, "Correlation ID"),
    (51, "Vendor Name"),
    (52, "CableCARD Capability"),
    (53, "Device Identification (CA)"),
    (54, "Device Identification (X.509)"),
    (179, "LCM Server"),
    (180, "LCM Domain"),
    (181, "LCM NIC option 0"),
    (190, "LCM Workgroup"),
    (191, "Discovery"),
    (192, "HH Configured"),
    (193, "LCM Version"),
    (194, "LCM Serial Number"),
    (255, "CL End"),
];

/// Words for `dhcp.option.vendor.alu.suboption`.
pub static VENDOR_ALU_SUBOPTION_NAMES: &[(u64, &str)] = &[
    (0, "Padding"),
    (58, "Voice VLAN ID"),
    (64, "Spatial Redundancy TFTP1"),
    (65, "Spatial Redundancy TFTP2"),
    (66, "Application Type"),
    (67, "SIP URL"),
    (255, "Alcatel-Lucent End"),
];

/// Words for `dhcp.option.novell_options.suboption`.
pub static NOVELL_SUBOPTION_NAMES: &[(u64, &str)] = &[
    (1, "NWIP does not exist on subnet"),
    (2, "NWIP exists in options area"),
    (3, "NWIP exists in sname/file"),
    (4, "NWIP exists, but too big"),
    (5, "Broadcast for nearest Netware server"),
    (6, "Preferred DSS server"),
    (7, "Nearest NWIP server"),
    (8, "Autoretries"),
    (9, "Autoretry delay, secs"),
    (10, "Support NetWare/IP v1.1"),
    (11, "Primary DSS"),
];

/// Words for `dhcp.option.agent_information_option.suboption`.
pub static AGENT_SUBOPTION_NAMES: &[(u64, &str)] = &[
    (0, "Padding"),
    (1, "Agent Circuit ID"),
    (2, "Agent Remote ID"),
    (3, "Reserved"),
    (4, "DOCSIS Device Class"),
    (5, "Link selection"),
    (6, "Subscriber ID"),
    (7, "RADIUS Attributes"),
    (8, "Authentication"),
    (9, "Vendor-Specific Information"),
    (10, "Flags"),
    (11, "Server ID Override"),
    (12, "Relay Agent Identifier"),
    (13, "Access Technology Type"),
    (14, "Access Network Name"),
    (15, "Access Point Name"),
    (16, "Access Point BSSID"),
    (17, "Access Network Operator ID"),
    (18, "Access Network Operator Realm"),
    (19, "Source Port"),
    (150, "Link selection (Cisco proprietary)"),
    (151, "VRF name/VPN ID"),
    (152, "Server ID Override (Cisco proprietary)"),
];

/// Words for `dhcp.option.vi.tr111.suboption`.
pub static VI_TR111_SUBOPTION_NAMES: &[(u64, &str)] = &[
    (1, "DeviceManufacturerOUI"),
    (2, "DeviceSerialNumber"),
    (3, "DeviceProductClass"),
    (4, "GatewayManufacturerOUI"),
    (5, "GatewaySerialNumber"),
    (6, "GatewayProductClass"),
];

/// Words for `dhcp.option.vi.cl.suboption`.
pub static VI_CL_SUBOPTION_NAMES: &[(u64, &str)] = &[
    (1, "Option Request"),
    (2, "TFTP Server Addresses"),
    (3, "eRouter Container Option"),
    (4, "MIB Environment Indicator Option"),
    (5, "Modem Capabilities"),
    (0, "Reserved"),
];

crate::fields! {
    /// Value in the form of the vendor, which the class identifier names.
    VENDOR_VALUE = Field::new("dhcp.option.vendor.value", "Value", Kind::Bytes).spec("RFC 2132 section 8.4");
    /// Value in the form of the vendor: a number.
    VENDOR_VALUE_UINT = Field::new("dhcp.option.vendor.value.uint", "Value", Kind::U8).spec("RFC 2132 section 8.4");
    /// Value in the form of the vendor: a text.
    VENDOR_VALUE_STRING = Field::new("dhcp.option.vendor.value.string", "Value", Kind::Str).spec("RFC 2132 section 8.4");
    /// Value in the form of the vendor: an address.
    VENDOR_VALUE_ADDRESS = Field::new("dhcp.option.vendor.value.address", "Value", Kind::Ipv4).spec("RFC 2132 section 8.4");
    /// What the suboption tells a machine that starts from the network (PXE).
    VENDOR_PXECLIENT_SUBOPTION = Field::new("dhcp.option.vendor.pxeclient.suboption", "Option 43 Suboption", Kind::U8).values(VENDOR_PXECLIENT_SUBOPTION_NAMES).spec("Intel PXE 2.1 section 2.3");
    /// A zero byte that fills up.
    VENDOR_PXECLIENT_PADDING = Field::new("dhcp.option.vendor.pxeclient.padding", "Padding", Kind::U8).spec("Intel PXE 2.1 section 2.3");
    /// Group address from which the start file is heard.
    VENDOR_PXECLIENT_MTFTP_IP = Field::new("dhcp.option.vendor.pxeclient.mtftp_ip", "mtftp IP", Kind::Ipv4).spec("Intel PXE 2.1 section 2.3");
    /// Port on which clients listen to the group.
    VENDOR_PXECLIENT_MTFTP_CLIENT_PORT = Field::new("dhcp.option.vendor.pxeclient.mtftp_client_port", "mtftp client port", Kind::U16).spec("Intel PXE 2.1 section 2.3");
    /// Port of the server that starts the transmission.
    VENDOR_PXECLIENT_MTFTP_SERVER_PORT = Field::new("dhcp.option.vendor.pxeclient.mtftp_server_port", "mtftp server port", Kind::U16).spec("Intel PXE 2.1 section 2.3");
    /// Seconds without data after which the client asks again.
    VENDOR_PXECLIENT_MTFTP_TIMEOUT = Field::new("dhcp.option.vendor.pxeclient.mtftp_timeout", "mtftp timeout", Kind::U8).spec("Intel PXE 2.1 section 2.3");
    /// Seconds that the client listens before it asks.
    VENDOR_PXECLIENT_MTFTP_DELAY = Field::new("dhcp.option.vendor.pxeclient.mtftp_delay", "mtftp delay", Kind::U8).spec("Intel PXE 2.1 section 2.3");
    /// How the client looks for boot servers, as bits.
    VENDOR_PXECLIENT_DISCOVERY_CONTROL = Field::new("dhcp.option.vendor.pxeclient.discovery_control", "discovery control", Kind::U8).hex().spec("Intel PXE 2.1 section 2.3");
    /// Do not look for boot servers by broadcast.
    VENDOR_PXECLIENT_DISCOVERY_CONTROL_BROADCAST = Field::new("dhcp.option.vendor.pxeclient.discovery_control.broadcast", "Disable Broadcast", Kind::Bool).mask(0x1).flag().spec("Intel PXE 2.1 section 2.3");
    /// Do not look for boot servers by multicast.
    VENDOR_PXECLIENT_DISCOVERY_CONTROL_MULTICAST = Field::new("dhcp.option.vendor.pxeclient.discovery_control.multicast", "Disable Multicast", Kind::Bool).mask(0x2).flag().spec("Intel PXE 2.1 section 2.3");
    /// Only accept servers of the list.
    VENDOR_PXECLIENT_DISCOVERY_CONTROL_SERVERLIST = Field::new("dhcp.option.vendor.pxeclient.discovery_control.serverlist", "Serverlist only", Kind::Bool).mask(0x4).flag().spec("Intel PXE 2.1 section 2.3");
    /// If the offer names a start file, load it and do not ask anybody else.
    VENDOR_PXECLIENT_DISCOVERY_CONTROL_BSTRAP = Field::new("dhcp.option.vendor.pxeclient.discovery_control.bstrap", "Bootstrap override", Kind::Bool).mask(0x8).flag().spec("Intel PXE 2.1 section 2.3");
    /// Group in which boot servers are looked for.
    VENDOR_PXECLIENT_MULTICAST_ADDRESS = Field::new("dhcp.option.vendor.pxeclient.multicast_address", "multicast address", Kind::Ipv4).spec("Intel PXE 2.1 section 2.3");
    /// Boot servers, by what they serve.
    VENDOR_PXECLIENT_BOOT_SERVERS = Field::new("dhcp.option.vendor.pxeclient.boot_servers", "boot servers", Kind::Bytes).spec("Intel PXE 2.1 section 2.3");
    /// What the servers serve.
    VENDOR_PXECLIENT_BOOT_SERVERS_TYPE = Field::new("dhcp.option.vendor.pxeclient.boot_servers.type", "Type", Kind::U16).values(VENDOR_PXECLIENT_BOOT_SERVERS_TYPE_NAMES).spec("Intel PXE 2.1 section 2.3");
    /// How many addresses follow.
    VENDOR_PXECLIENT_BOOT_SERVERS_COUNT = Field::new("dhcp.option.vendor.pxeclient.boot_servers.count", "IP count", Kind::U8).spec("Intel PXE 2.1 section 2.3");
    /// Address of a boot server.
    VENDOR_PXECLIENT_BOOT_SERVERS_IP = Field::new("dhcp.option.vendor.pxeclient.boot_servers.ip", "IP", Kind::Ipv4).spec("Intel PXE 2.1 section 2.3");
    /// Entries of the menu that the client shows.
    VENDOR_PXECLIENT_BOOT_MENU = Field::new("dhcp.option.vendor.pxeclient.boot_menu", "boot menu", Kind::Bytes).spec("Intel PXE 2.1 section 2.3");
    /// Kind of server that the entry leads to; 0 is the local disk.
    VENDOR_PXECLIENT_BOOT_MENU_TYPE = Field::new("dhcp.option.vendor.pxeclient.boot_menu.type", "Type", Kind::U16).values(&[(0, "Local boot")]).spec("Intel PXE 2.1 section 2.3");
    /// Length of the text.
    VENDOR_PXECLIENT_BOOT_MENU_LENGTH = Field::new("dhcp.option.vendor.pxeclient.boot_menu.length", "Length", Kind::U8).spec("Intel PXE 2.1 section 2.3");
    /// Text of the entry.
    VENDOR_PXECLIENT_BOOT_MENU_DESC = Field::new("dhcp.option.vendor.pxeclient.boot_menu.desc", "Description", Kind::Str).spec("Intel PXE 2.1 section 2.3");
    /// Text shown before the menu, with the time to wait.
    VENDOR_PXECLIENT_MENU_PROMPT = Field::new("dhcp.option.vendor.pxeclient.menu_prompt", "menu prompt", Kind::Bytes).spec("Intel PXE 2.1 section 2.3");
    /// Seconds until the first entry is taken; 255 waits for ever.
    VENDOR_PXECLIENT_MENU_PROMPT_TIMEOUT = Field::new("dhcp.option.vendor.pxeclient.menu_prompt.timeout", "Timeout", Kind::U8).spec("Intel PXE 2.1 section 2.3");
    /// Text shown before the menu.
    VENDOR_PXECLIENT_MENU_PROMPT_PROMPT = Field::new("dhcp.option.vendor.pxeclient.menu_prompt.prompt", "Prompt", Kind::Str).spec("Intel PXE 2.1 section 2.3");
    /// Range of groups that the server may use.
    VENDOR_PXECLIENT_MULTICAST_ADDRESS_ALLOC = Field::new("dhcp.option.vendor.pxeclient.multicast_address_alloc", "multicast address alloc", Kind::Bytes).spec("Intel PXE 2.1 section 2.3");
    /// Which proofs of identity the client knows.
    VENDOR_PXECLIENT_CREDENTIAL_TYPES = Field::new("dhcp.option.vendor.pxeclient.credential_types", "credential types", Kind::Bytes).spec("Intel PXE 2.1 section 2.3");
    /// The entry that was chosen.
    VENDOR_PXECLIENT_BOOT_ITEM = Field::new("dhcp.option.vendor.pxeclient.boot_item", "boot item", Kind::Bytes).spec("Intel PXE 2.1 section 2.3");
    /// Kind of server that was chosen.
    VENDOR_PXECLIENT_BOOT_ITEM_TYPE = Field::new("dhcp.option.vendor.pxeclient.boot_item.type", "Type", Kind::U16).spec("Intel PXE 2.1 section 2.3");
    /// Which of its files; the top bit asks for its credentials.
    VENDOR_PXECLIENT_BOOT_ITEM_LAYER = Field::new("dhcp.option.vendor.pxeclient.boot_item.layer", "Layer", Kind::Bytes).spec("Intel PXE 2.1 section 2.3");
    /// Name of the server that manages the client's configuration.
    VENDOR_PXECLIENT_LCM_SERVER = Field::new("dhcp.option.vendor.pxeclient.lcm_server", "LCM Server Name", Kind::Str).spec("Intel PXE 2.1 section 2.3");
    /// Domain of that server.
    VENDOR_PXECLIENT_LCM_DOMAIN = Field::new("dhcp.option.vendor.pxeclient.lcm_domain", "LCM Domain", Kind::Str).spec("Intel PXE 2.1 section 2.3");
    /// Setting of the network card.
    VENDOR_PXECLIENT_LCM_NIC_OPTION = Field::new("dhcp.option.vendor.pxeclient.lcm_nic_option", "LCM NIC option", Kind::Bytes).spec("Intel PXE 2.1 section 2.3");
    /// The client's workgroup.
    VENDOR_PXECLIENT_LCM_WORKGROUP = Field::new("dhcp.option.vendor.pxeclient.lcm_workgroup", "LCM Workgroup", Kind::Str).spec("Intel PXE 2.1 section 2.3");
    /// Whether the client shall look around.
    VENDOR_PXECLIENT_DISCOVERY = Field::new("dhcp.option.vendor.pxeclient.discovery", "Discovery", Kind::Bool).words("No", "Yes").spec("Intel PXE 2.1 section 2.3");
    /// Whether the client is configured.
    VENDOR_PXECLIENT_CONFIGURED = Field::new("dhcp.option.vendor.pxeclient.configured", "Configured", Kind::Bool).words("No", "Yes").spec("Intel PXE 2.1 section 2.3");
    /// Version of the management protocol.
    VENDOR_PXECLIENT_LCM_VERSION = Field::new("dhcp.option.vendor.pxeclient.lcm_version", "LCM Version", Kind::U32).spec("Intel PXE 2.1 section 2.3");
    /// Serial number of the client.
    VENDOR_PXECLIENT_LCM_SERIAL = Field::new("dhcp.option.vendor.pxeclient.lcm_serial", "LCM Serial Number", Kind::Str).spec("Intel PXE 2.1 section 2.3");
    /// Ends the suboptions.
    VENDOR_PXECLIENT_END = Field::new("dhcp.option.vendor.pxeclient.end", "PXE Client End", Kind::U8).spec("Intel PXE 2.1 section 2.3");
    /// What the suboption tells a Cisco device.
    VENDOR_CISCO_SUBOPTION = Field::new("dhcp.option.vendor.cisco.suboption", "Option 43 Suboption", Kind::U8).values(VENDOR_CISCO_SUBOPTION_NAMES).spec("RFC 2132 section 8.4");
    /// Data for an Aerohive access point of which the meaning is not known.
    VENDOR_AEROHIVE_UNKNOWN = Field::new("dhcp.option.vendor.aerohive.unknown", "Unknown", Kind::Bytes).spec("RFC 2132 section 8.4");
    /// Name of the access point's manager.
    VENDOR_AEROHIVE_XIQHOSTNAME = Field::new("dhcp.option.vendor.aerohive.xiqhostname", "HM FQDN", Kind::Str).spec("RFC 2132 section 8.4");
    /// Address of the access point's manager.
    VENDOR_AEROHIVE_XIQIPADDRESS = Field::new("dhcp.option.vendor.aerohive.xiqipaddress", "HM IP", Kind::Ipv4).spec("RFC 2132 section 8.4");
    /// What the suboption tells about a cable device.
    VENDOR_CL_SUBOPTION = Field::new("dhcp.option.vendor.cl.suboption", "Option 43 Suboption", Kind::U8).values(VENDOR_CL_SUBOPTION_NAMES).spec("RFC 2132 section 8.4");
    /// A zero byte that fills up.
    VENDOR_CL_PADDING = Field::new("dhcp.option.vendor.cl.padding", "Padding", Kind::U8).spec("RFC 2132 section 8.4");
    /// Which suboptions the device would like to have.
    VENDOR_CL_SUBOPTION_REQUEST_LIST = Field::new("dhcp.option.vendor.cl.suboption_request_list", "Suboption Request List", Kind::Str).spec("RFC 2132 section 8.4");
    /// Which of the devices in the box speaks.
    VENDOR_CL_DEVICE_TYPE = Field::new("dhcp.option.vendor.cl.device_type", "Device Type", Kind::Str).spec("RFC 2132 section 8.4");
    /// Which devices are in the box.
    VENDOR_CL_ESAFE_TYPE = Field::new("dhcp.option.vendor.cl.esafe_type", "eSAFE Types", Kind::Str).spec("RFC 2132 section 8.4");
    /// Serial number of the device.
    VENDOR_CL_SERIAL_NUMBER = Field::new("dhcp.option.vendor.cl.serial_number", "Serial Number", Kind::Str).spec("RFC 2132 section 8.4");
    /// Version of the device.
    VENDOR_CL_HARDWARE_VERSION = Field::new("dhcp.option.vendor.cl.hardware_version", "Hardware Version", Kind::Str).spec("RFC 2132 section 8.4");
    /// Version of its software.
    VENDOR_CL_SOFTWARE_VERSION = Field::new("dhcp.option.vendor.cl.software_version", "Software Version", Kind::Str).spec("RFC 2132 section 8.4");
    /// Version of its start program.
    VENDOR_CL_BOOT_ROM_VERSION = Field::new("dhcp.option.vendor.cl.boot_rom_version", "Boot ROM version", Kind::Str).spec("RFC 2132 section 8.4");
    /// The maker's prefix of hardware addresses, as text.
    VENDOR_CL_OUI_STRING = Field::new("dhcp.option.vendor.cl.oui_string", "Organizationally Unique Identifier", Kind::Str).spec("RFC 2132 section 8.4");
    /// The maker's prefix of hardware addresses.
    VENDOR_CL_OUI_BYTES = Field::new("dhcp.option.vendor.cl.oui_bytes", "Organizationally Unique Identifier", Kind::Bytes).spec("RFC 2132 section 8.4");
    /// The maker's number of the model.
    VENDOR_CL_MODEL_NUMBER = Field::new("dhcp.option.vendor.cl.model_number", "Model Number", Kind::Str).spec("RFC 2132 section 8.4");
    /// Name of the maker.
    VENDOR_CL_VENDOR_NAME10 = Field::new("dhcp.option.vendor.cl.vendor_name10", "Vendor Name", Kind::Str).spec("RFC 2132 section 8.4");
    /// Which network the address belongs to.
    VENDOR_CL_ADDRESS_REALM = Field::new("dhcp.option.vendor.cl.address_realm", "Address Realm", Kind::U8).values(&[(1, "PS WAN-Man"), (2, "PS WAN-Data")]).spec("RFC 2132 section 8.4");
    /// Description of the device.
    VENDOR_CL_CM_PS_SYSTEM_DESC = Field::new("dhcp.option.vendor.cl.cm_ps_system_desc", "CM/PS System Description", Kind::Str).spec("RFC 2132 section 8.4");
    /// Revision of its firmware.
    VENDOR_CL_CM_PS_FIRMWARE_REVISION = Field::new("dhcp.option.vendor.cl.cm_ps_firmware_revision", "CM/PS Firmware Revision", Kind::Str).spec("RFC 2132 section 8.4");
    /// Version of the firewall's rules.
    VENDOR_CL_FIREWALL_POLICY_FILE_VERSION = Field::new("dhcp.option.vendor.cl.firewall_policy_file_version", "Firewall Policy File Version", Kind::Str).spec("RFC 2132 section 8.4");
    /// Devices that have a configuration file.
    VENDOR_CL_ESAFE_CONFIG_FILE_DEVICES = Field::new("dhcp.option.vendor.cl.esafe_config_file_devices", "eSafe Config File Devices", Kind::Str).spec("RFC 2132 section 8.4");
    /// How video is protected.
    VENDOR_CL_VIDEO_SECURITY_TAPE = Field::new("dhcp.option.vendor.cl.video_security_tape", "Video Security Type", Kind::Str).spec("RFC 2132 section 8.4");
    /// Hardware address of the telephone adapter.
    VENDOR_CL_MTA_MAC_ADDRESS = Field::new("dhcp.option.vendor.cl.mta_mac_address", "MTA MAC Address", Kind::Ether).spec("RFC 2132 section 8.4");
    /// Number that joins messages of one start.
    VENDOR_CL_CORRELATION_ID = Field::new("dhcp.option.vendor.cl.correlation_ID", "Correlation ID", Kind::U32).spec("RFC 2132 section 8.4");
    /// Name of the maker.
    VENDOR_CL_VENDOR_NAME51 = Field::new("dhcp.option.vendor.cl.vendor_name51", "Vendor Name", Kind::Str).spec("RFC 2132 section 8.4");
    /// What the cable card can do.
    VENDOR_CL_CABLECARD_CAPABILITY = Field::new("dhcp.option.vendor.cl.cablecard_capability", "CableCARD Capability", Kind::Bytes).spec("RFC 2132 section 8.4");
    /// Identity for conditional access.
    VENDOR_CL_DEVICE_ID_CA = Field::new("dhcp.option.vendor.cl.device_id_ca", "Device Identification (CA)", Kind::Bytes).spec("RFC 2132 section 8.4");
    /// Identity as in the certificate.
    VENDOR_CL_DEVICE_ID_X509 = Field::new("dhcp.option.vendor.cl.device_id_x509", "Device Identification (X.509)", Kind::Str).spec("RFC 2132 section 8.4");
    /// Ends the suboptions.
    VENDOR_CL_END = Field::new("dhcp.option.vendor.cl.end", "CL End", Kind::U8).spec("RFC 2132 section 8.4");
    /// What the suboption tells an Alcatel-Lucent telephone.
    VENDOR_ALU_SUBOPTION = Field::new("dhcp.option.vendor.alu.suboption", "Option 43 Suboption", Kind::U8).values(VENDOR_ALU_SUBOPTION_NAMES).spec("RFC 2132 section 8.4");
    /// A zero byte that fills up.
    VENDOR_ALU_PADDING = Field::new("dhcp.option.vendor.alu.padding", "Padding", Kind::U8).spec("RFC 2132 section 8.4");
    /// VLAN for voice.
    VENDOR_ALU_VID = Field::new("dhcp.option.vendor.alu.vid", "Voice VLAN ID", Kind::U16).spec("RFC 2132 section 8.4");
    /// First TFTP server.
    VENDOR_ALU_TFTP1 = Field::new("dhcp.option.vendor.alu.tftp1", "Spatial Redundancy TFTP1", Kind::Ipv4).spec("RFC 2132 section 8.4");
    /// Second TFTP server, elsewhere.
    VENDOR_ALU_TFTP2 = Field::new("dhcp.option.vendor.alu.tftp2", "Spatial Redundancy TFTP2", Kind::Ipv4).spec("RFC 2132 section 8.4");
    /// Which program the telephone shall run.
    VENDOR_ALU_APP_TYPE = Field::new("dhcp.option.vendor.alu.app_type", "Application Type", Kind::U8).values(&[(0, "NOE"), (1, "SIP")]).spec("RFC 2132 section 8.4");
    /// Where the telephone registers.
    VENDOR_ALU_SIP_URL = Field::new("dhcp.option.vendor.alu.sip_url", "SIP URL", Kind::Str).spec("RFC 2132 section 8.4");
    /// Ends the suboptions.
    VENDOR_ALU_END = Field::new("dhcp.option.vendor.alu.end", "Alcatel End", Kind::U8).spec("RFC 2132 section 8.4");
    /// Address of the controller of an Aruba access point.
    VENDOR_ARUBAAP_CONTROLLERIP = Field::new("dhcp.option.vendor.arubaap.controllerip", "Aruba Controller IP", Kind::Str).spec("RFC 2132 section 8.4");
    /// Settings of an Aruba Instant access point.
    VENDOR_ARUBAIAP = Field::new("dhcp.option.vendor.arubaiap", "Aruba Instant AP", Kind::Str).spec("RFC 2132 section 8.4");
    /// Name of the organization.
    VENDOR_ARUBAIAP_NAME_ORG = Field::new("dhcp.option.vendor.arubaiap.name_org", "Name Organisation", Kind::Str).spec("RFC 2132 section 8.4");
    /// Address of the management server.
    VENDOR_ARUBAIAP_AMP_IP = Field::new("dhcp.option.vendor.arubaiap.amp_ip", "AMP IP Address", Kind::Str).spec("RFC 2132 section 8.4");
    /// Shared secret, readable by everybody on the network.
    VENDOR_ARUBAIAP_PASSWORD = Field::new("dhcp.option.vendor.arubaiap.password", "Password", Kind::Str).spec("RFC 2132 section 8.4");
    /// What the suboption tells an Apple machine that starts from the network (BSDP).
    VENDOR_BSDP_SUBOPTION = Field::new("dhcp.option.vendor.bsdp.suboption", "Option 43 Suboption", Kind::U8).values(VENDOR_CL_SUBOPTION_NAMES).spec("RFC 2132 section 8.4");
    /// Whether images are listed, one is selected, or it failed.
    VENDOR_BSDP_MESSAGE_TYPE = Field::new("dhcp.option.vendor.bsdp.message_type", "Message Type", Kind::U8).values(&[(1, "LIST"), (2, "SELECT"), (3, "FAILED")]).spec("RFC 2132 section 8.4");
    /// Version of the protocol.
    VENDOR_BSDP_VERSION = Field::new("dhcp.option.vendor.bsdp.version", "Version", Kind::U16).hex().spec("RFC 2132 section 8.4");
    /// Address of the server.
    VENDOR_BSDP_SERVER_IDENTIFIER = Field::new("dhcp.option.vendor.bsdp.server_identifier", "Server Identifier", Kind::Ipv4).spec("RFC 2132 section 8.4");
    /// Which server is taken before others.
    VENDOR_BSDP_SERVER_PRIORITY = Field::new("dhcp.option.vendor.bsdp.server_priority", "Server Priority", Kind::U16).spec("RFC 2132 section 8.4");
    /// Port for the answer.
    VENDOR_BSDP_REPLY_PORT = Field::new("dhcp.option.vendor.bsdp.reply_port", "Reply Port", Kind::U16).spec("RFC 2132 section 8.4");
    /// Where the list of images is to be found.
    VENDOR_BSDP_BOOT_IMAGE_LIST_PATH = Field::new("dhcp.option.vendor.bsdp.boot_image_list_path", "Boot Image List Path", Kind::Str).spec("RFC 2132 section 8.4");
    /// Number of the image.
    VENDOR_BSDP_BOOT_IMAGE_INDEX = Field::new("dhcp.option.vendor.bsdp.boot_image.index", "Boot Image Index", Kind::U16).hex().spec("RFC 2132 section 8.4");
    /// Image that is started where none is chosen.
    VENDOR_BSDP_DEFAULT_BOOT_IMAGE_ID = Field::new("dhcp.option.vendor.bsdp.default_boot_image_id", "Default Boot Image ID", Kind::U32).hex().spec("RFC 2132 section 8.4");
    /// Image that was chosen.
    VENDOR_BSDP_SELECTED_BOOT_IMAGE_ID = Field::new("dhcp.option.vendor.bsdp.selected_boot_image_id", "Selected Boot Image ID", Kind::U32).hex().spec("RFC 2132 section 8.4");
    /// The images that the server has.
    VENDOR_BSDP_BOOT_IMAGE_LIST = Field::new("dhcp.option.vendor.bsdp.boot_image_list", "Boot Image List", Kind::Bytes).spec("RFC 2132 section 8.4");
    /// One image: number and name.
    VENDOR_BSDP_BOOT_IMAGE_DESC = Field::new("dhcp.option.vendor.bsdp.boot_image.desc", "Boot Image Description", Kind::Bytes).spec("RFC 2132 section 8.4");
    /// Length of the name.
    VENDOR_BSDP_BOOT_IMAGE_NAME_LEN = Field::new("dhcp.option.vendor.bsdp.boot_image.name_len", "Boot Image Name Length", Kind::U8).spec("RFC 2132 section 8.4");
    /// Name of the image.
    VENDOR_BSDP_BOOT_IMAGE_NAME = Field::new("dhcp.option.vendor.bsdp.boot_image.name", "Boot Image Name", Kind::Str).spec("RFC 2132 section 8.4");
    /// The client has the first version of the firmware.
    VENDOR_BSDP_NETBOOT_FIRMWARE = Field::new("dhcp.option.vendor.bsdp.netboot_firmware", "NetBoot 1.0 Firmware", Kind::None).spec("RFC 2132 section 8.4");
    /// Only images with these properties are wanted.
    VENDOR_BSDP_ATTRIBUTES_FILTER_LIST = Field::new("dhcp.option.vendor.bsdp.attributes_filter_list", "Boot Image Attributes Filter List", Kind::Bytes).spec("RFC 2132 section 8.4");
    /// Properties of the image.
    VENDOR_BSDP_BOOT_IMAGE_ATTRIBUTE = Field::new("dhcp.option.vendor.bsdp.boot_image.attribute", "Boot Image Attribute", Kind::U16).hex().spec("RFC 2132 section 8.4");
    /// Whether the image installs, or is run.
    VENDOR_BSDP_BOOT_IMAGE_ATTRIBUTE_INSTALL = Field::new("dhcp.option.vendor.bsdp.boot_image.attribute.install", "Install", Kind::U16).hex().mask(0x8000).values(&[(0, "non-install"), (1, "install")]).spec("RFC 2132 section 8.4");
    /// Which operating system it is.
    VENDOR_BSDP_BOOT_IMAGE_ATTRIBUTE_KIND = Field::new("dhcp.option.vendor.bsdp.boot_image.attribute.kind", "Kind", Kind::U16).hex().mask(0x7f00).values(&[(0, "Mac OS 9"), (1, "Mac OS X"), (2, "Mac OS X Server"), (3, "Hardware Diagnostics")]).spec("RFC 2132 section 8.4");
    /// Not used; zero.
    VENDOR_BSDP_BOOT_IMAGE_ATTRIBUTE_RESERVED = Field::new("dhcp.option.vendor.bsdp.boot_image.attribute.reserved", "Reserved", Kind::U16).hex().mask(0xff).spec("RFC 2132 section 8.4");
    /// Largest message that the client takes.
    VENDOR_BSDP_MESSAGE_SIZE = Field::new("dhcp.option.vendor.bsdp.message_size", "Message Size", Kind::U16).spec("RFC 2132 section 8.4");
    /// What the suboption tells a NetWare/IP client.
    NOVELL_SUBOPTION = Field::new("dhcp.option.novell_options.suboption", "Option 63 Suboption", Kind::U8).values(NOVELL_SUBOPTION_NAMES).spec("RFC 2242");
    /// Value of the suboption.
    NOVELL_VALUE = Field::new("dhcp.option.novell_options.value", "Value", Kind::Bytes).spec("RFC 2242");
    /// Value of the suboption, a number.
    NOVELL_VALUE_UINT = Field::new("dhcp.option.novell_options.value.uint", "Value", Kind::U8).spec("RFC 2242");
    /// Value of the suboption, an address.
    NOVELL_VALUE_ADDRESS = Field::new("dhcp.option.novell_options.value.address", "Value", Kind::Ipv4).spec("RFC 2242");
    /// Value of the suboption, yes or no.
    NOVELL_VALUE_BOOL = Field::new("dhcp.option.novell_options.value.bool", "Value", Kind::Bool).spec("RFC 2242");
    /// Whether the client looks for the nearest server by broadcast.
    NOVELL_BROADCAST = Field::new("dhcp.option.novell_options.broadcast", "Broadcast for nearest Netware server", Kind::Bool).words("No", "Yes").spec("RFC 2242");
    /// Domain server to be asked first.
    NOVELL_PREFERRED_DSS_SERVER = Field::new("dhcp.option.novell_options.preferred_dss_server", "Preferred DSS server", Kind::Ipv4).spec("RFC 2242");
    /// Nearest NetWare/IP server.
    NOVELL_NEAREST_NWIP_SERVER = Field::new("dhcp.option.novell_options.nearest_nwip_server", "Nearest NWIP server", Kind::Ipv4).spec("RFC 2242");
    /// How often the client tries again.
    NOVELL_AUTORETRIES = Field::new("dhcp.option.novell_options.autoretries", "Autoretries", Kind::U8).spec("RFC 2242");
    /// Seconds between tries.
    NOVELL_AUTORETRY_DELAY = Field::new("dhcp.option.novell_options.autoretry_delay", "Autoretry delay, sec", Kind::U8).spec("RFC 2242");
    /// Whether servers of version 1.1 are supported.
    NOVELL_SUPPORT_NETWARE_V1_1 = Field::new("dhcp.option.novell_options.support_netware_v1_1", "Broadcast for nearest Netware server", Kind::Bool).words("No", "Yes").spec("RFC 2242");
    /// First domain server.
    NOVELL_PRIMARY_DSS = Field::new("dhcp.option.novell_options.primary_dss", "Primary DSS", Kind::Ipv4).spec("RFC 2242");
    /// What the relay adds about the client: the server sees where it is plugged in.
    AGENT_SUBOPTION = Field::new("dhcp.option.agent_information_option.suboption", "Option 82 Suboption", Kind::U8).values(AGENT_SUBOPTION_NAMES).spec("RFC 3046");
    /// Value of the suboption.
    AGENT_VALUE = Field::new("dhcp.option.agent_information_option.value", "Value", Kind::Bytes).spec("RFC 3046");
    /// Value of the suboption, a number.
    AGENT_VALUE_UINT = Field::new("dhcp.option.agent_information_option.value.uint", "Value", Kind::U8).spec("RFC 3046");
    /// Value of the suboption, an address.
    AGENT_VALUE_ADDRESS = Field::new("dhcp.option.agent_information_option.value.address", "Value", Kind::Ipv4).spec("RFC 3046");
    /// Value of the suboption, a text.
    AGENT_VALUE_STRING = Field::new("dhcp.option.agent_information_option.value.string", "Value", Kind::Str).spec("RFC 3046");
    /// A zero byte that fills up.
    AGENT_PADDING = Field::new("dhcp.option.agent_information_option.padding", "Padding", Kind::U8).spec("RFC 3046");
    /// Port of the relay or switch at which the client is.
    AGENT_AGENT_CIRCUIT_ID = Field::new("dhcp.option.agent_information_option.agent_circuit_id", "Agent Circuit ID", Kind::Bytes).spec("RFC 3046");
    /// Who is at the far end: a modem, a caller, a switch.
    AGENT_AGENT_REMOTE_ID = Field::new("dhcp.option.agent_information_option.agent_remote_id", "Agent Remote ID", Kind::Bytes).spec("RFC 3046");
    /// Not used; zero.
    AGENT_RESERVED = Field::new("dhcp.option.agent_information_option.reserved", "Reserved", Kind::Bytes).spec("RFC 3046");
    /// Kind of cable device, as bits.
    AGENT_DOCSIS_DEVICE_CLASS = Field::new("dhcp.option.agent_information_option.docsis_device_class", "DOCSIS Device Class", Kind::U32).hex().spec("RFC 3046");
    /// The network that the address shall be from, where it is not the relay's.
    AGENT_LINK_SELECTION = Field::new("dhcp.option.agent_information_option.link_selection", "Link selection", Kind::Ipv4).spec("RFC 3046");
    /// Who the customer is.
    AGENT_SUBSCRIBER_ID = Field::new("dhcp.option.agent_information_option.subscriber_id", "Subscriber ID", Kind::Str).spec("RFC 3046");
    /// What the RADIUS server said when the client logged in.
    AGENT_RADIUS_ATTRIBUTES = Field::new("dhcp.option.agent_information_option.radius_attributes", "RADIUS Attributes", Kind::Bytes).spec("RFC 3046");
    /// Proof that the relay is authentic.
    AGENT_AUTHENTICATION = Field::new("dhcp.option.agent_information_option.authentication", "Authentication", Kind::Bytes).spec("RFC 3046");
    /// Data in a form of the vendor's own.
    AGENT_VI = Field::new("dhcp.option.agent_information_option.vi", "Vendor-Specific Information", Kind::Bytes).spec("RFC 3046");
    /// Number of the vendor, as registered with IANA.
    AGENT_VI_ENTERPRISE = Field::new("dhcp.option.agent_information_option.vi.enterprise", "Enterprise", Kind::U32).names(Names::Custom(super::enterprise::write)).spec("RFC 3046");
    /// Length of the vendor's data.
    AGENT_VI_DATA_LENGTH = Field::new("dhcp.option.agent_information_option.vi.data_length", "Data Length", Kind::U8).spec("RFC 3046");
    /// Version of DOCSIS that the head end speaks.
    AGENT_VI_CL_DOCSIS_VERSION = Field::new("dhcp.option.agent_information_option.vi.cl.docsis_version", "DOCSIS Version Number", Kind::U16).hex().spec("RFC 3046");
    /// Version of DOCSIS over Ethernet networks.
    AGENT_VI_CL_DPOE_SYSTEM_VERSION = Field::new("dhcp.option.agent_information_option.vi.cl.dpoe_system_version", "DPoE System Version Number", Kind::U16).hex().spec("RFC 3046");
    /// Backbone service of the system.
    AGENT_VI_CL_DPOE_SYSTEM_PBB_SERVICE = Field::new("dhcp.option.agent_information_option.vi.cl.dpoe_system_pbb_service", "DPoE System PBB Service", Kind::Bytes).spec("RFC 3046");
    /// Name of the class of service.
    AGENT_VI_CL_SERVICE_CLASS_NAME = Field::new("dhcp.option.agent_information_option.vi.cl.service_class_name", "Service Class Name", Kind::Str).spec("RFC 3046");
    /// A text of the operator.
    AGENT_VI_CL_MSO_DEFINED_TEXT = Field::new("dhcp.option.agent_information_option.vi.cl.mso_defined_text", "MSO Defined Text", Kind::Str).spec("RFC 3046");
    /// Where a file is to be fetched safely.
    AGENT_VI_CL_SECURE_FILE_TRANSFER_URI = Field::new("dhcp.option.agent_information_option.vi.cl.secure_file_transfer_uri", "Secure File Transfer URI", Kind::Str).spec("RFC 3046");
    /// Whether the client's message came to the relay by unicast.
    AGENT_FLAGS = Field::new("dhcp.option.agent_information_option.flags", "Flags", Kind::U8).hex().spec("RFC 3046");
    /// Address that clients shall take for the server's, so that they ask through the relay.
    AGENT_SERVER_ID_OVERRIDE = Field::new("dhcp.option.agent_information_option.server_id_override", "Server ID Override", Kind::Ipv4).spec("RFC 3046");
    /// Identifier of the relay.
    AGENT_RELAY_AGENT_ID = Field::new("dhcp.option.agent_information_option.relay_agent_id", "Relay Agent Identifier", Kind::Bytes).spec("RFC 3046");
    /// Kind of access network, such as wireless.
    AGENT_ANI_ATT = Field::new("dhcp.option.agent_information_option.ani_att", "Access Technology Type", Kind::U8).spec("RFC 3046");
    /// Not used; zero.
    AGENT_ANI_ATT_RES = Field::new("dhcp.option.agent_information_option.ani_att.res", "Access Technology Type", Kind::U8).spec("RFC 3046");
    /// Kind of access network, such as wireless.
    AGENT_ANI_ATT_ATT = Field::new("dhcp.option.agent_information_option.ani_att.att", "Access Technology Type", Kind::U8).spec("RFC 3046");
    /// Name of the access network (SSID).
    AGENT_ANI_NETWORK_NAME = Field::new("dhcp.option.agent_information_option.ani_network_name", "Access Network Name", Kind::Str).spec("RFC 3046");
    /// Name of the access point.
    AGENT_ANI_AP_NAME = Field::new("dhcp.option.agent_information_option.ani_ap_name", "Access Point Name", Kind::Str).spec("RFC 3046");
    /// Hardware address of the access point.
    AGENT_ANI_AP_BSSID = Field::new("dhcp.option.agent_information_option.ani_ap_bssid", "Access Point BSSID", Kind::Ether).spec("RFC 3046");
    /// Number of the operator.
    AGENT_ANI_OPERATOR_ID = Field::new("dhcp.option.agent_information_option.ani_operator_id", "Access Network Operator ID", Kind::Bytes).spec("RFC 3046");
    /// Domain of the operator.
    AGENT_ANI_OPERATOR_REALM = Field::new("dhcp.option.agent_information_option.ani_operator_realm", "Access Network Operator Realm", Kind::Str).spec("RFC 3046");
    /// The relay sends from a port of its own, and wants answers there.
    AGENT_SOURCE_PORT = Field::new("dhcp.option.agent_information_option.source_port", "Source Port", Kind::None).spec("RFC 3046");
    /// The network that the address shall be from (Cisco's form).
    AGENT_LINK_SELECTION_CISCO = Field::new("dhcp.option.agent_information_option.link_selection_cisco", "Link selection (Cisco proprietary)", Kind::Ipv4).spec("RFC 3046");
    /// Number of the private network.
    AGENT_VRF_NAME_VPN_ID = Field::new("dhcp.option.agent_information_option.vrf_name.vpn_id", "VRF name/VPN ID", Kind::Bytes).spec("RFC 3046");
    /// The client is in no private network.
    AGENT_VRF_NAME_GLOBAL = Field::new("dhcp.option.agent_information_option.vrf_name.global", "Global, default VPN", Kind::U8).spec("RFC 3046");
    /// Name of the private network.
    AGENT_VRF_NAME = Field::new("dhcp.option.agent_information_option.vrf_name", "VRF name", Kind::Str).spec("RFC 3046");
    /// Who gave the number of the private network.
    AGENT_VRF_NAME_VPN_ID_OUI = Field::new("dhcp.option.agent_information_option.vrf_name.vpn_id.oui", "VRF name/VPN ID OUI", Kind::U24).hex().spec("RFC 3046");
    /// Number of the private network.
    AGENT_VRF_NAME_VPN_ID_INDEX = Field::new("dhcp.option.agent_information_option.vrf_name.vpn_id.index", "VRF name/VPN ID Index", Kind::U32).hex().spec("RFC 3046");
    /// Address that clients shall take for the server's (Cisco's form).
    AGENT_SERVER_ID_OVERRIDE_CISCO = Field::new("dhcp.option.agent_information_option.server_id_override_cisco", "Server ID Override (Cisco proprietary)", Kind::Ipv4).spec("RFC 3046");
    /// What the storage name server is for, as bits.
    ISNS_FUNCTIONS = Field::new("dhcp.option.isns.functions", "iSNS Functions", Kind::U16).hex().spec("RFC 4174");
    /// Whether the other bits count.
    ISNS_FUNCTIONS_ENABLED = Field::new("dhcp.option.isns.functions.enabled", "Function Fields Enabled", Kind::Bool).mask(0x1).width(16).words("No", "Yes").spec("RFC 4174");
    /// Whether nodes of the same discovery domain may use each other.
    ISNS_FUNCTIONS_DD_BASE_AUTHORIZATION = Field::new("dhcp.option.isns.functions.dd_base_authorization", "Discovery Domain based Authorization", Kind::Bool).mask(0x2).width(16).words("Explicitly performed", "Automatically allowed access").spec("RFC 4174");
    /// Whether security rules come from the server.
    ISNS_FUNCTIONS_SEC_POLICY_DISTRIBUTION = Field::new("dhcp.option.isns.functions.sec_policy_distribution", "Security Policy Distribution", Kind::Bool).mask(0x4).width(16).words("By other means", "Download from iSNS server").spec("RFC 4174");
    /// Not used; zero.
    ISNS_FUNCTIONS_RESERVED = Field::new("dhcp.option.isns.functions.reserved", "Reserved flags", Kind::U16).hex().mask(0xfff8).spec("RFC 4174");
    /// Who may manage discovery domains, as bits.
    ISNS_DISCOVERY_DOMAIN_ACCESS = Field::new("dhcp.option.isns.discovery_domain_access", "Discovery Domain Access flags", Kind::U16).hex().spec("RFC 4174");
    /// Whether the other bits count.
    ISNS_DISCOVERY_DOMAIN_ACCESS_ENABLED = Field::new("dhcp.option.isns.discovery_domain_access.enabled", "Discovery Domain Enabled", Kind::Bool).mask(0x1).width(16).words("No", "Yes").spec("RFC 4174");
    /// Control nodes may.
    ISNS_DISCOVERY_DOMAIN_ACCESS_CONTROL_NODE = Field::new("dhcp.option.isns.discovery_domain_access_control.node", "Control Node", Kind::Bool).mask(0x2).width(16).words("No", "Yes").spec("RFC 4174");
    /// iSCSI targets may.
    ISNS_DISCOVERY_DOMAIN_ACCESS_ISCSI_TARGET = Field::new("dhcp.option.isns.discovery_domain_access.iscsi_target", "iSCSI Target", Kind::Bool).mask(0x4).width(16).words("No", "Yes").spec("RFC 4174");
    /// iSCSI initiators may.
    ISNS_DISCOVERY_DOMAIN_ACCESS_ISCSI_INITIATOR = Field::new("dhcp.option.isns.discovery_domain_access.iscsi_initiator", "iSCSI Initiator", Kind::Bool).mask(0x8).width(16).words("No", "Yes").spec("RFC 4174");
    /// iFCP target ports may.
    ISNS_DISCOVERY_DOMAIN_ACCESS_IFCP_TARGET_PORT = Field::new("dhcp.option.isns.discovery_domain_access.ifcp_target_port", "iFCP Target Port", Kind::Bool).mask(0x10).width(16).words("No", "Yes").spec("RFC 4174");
    /// iFCP initiator ports may.
    ISNS_DISCOVERY_DOMAIN_ACCESS_INITIATOR_TARGET_PORT = Field::new("dhcp.option.isns.discovery_domain_access.initiator_target_port", "iFCP Initiator Port", Kind::Bool).mask(0x20).width(16).words("No", "Yes").spec("RFC 4174");
    /// Not used; zero.
    ISNS_DISCOVERY_DOMAIN_ACCESS_RESERVED = Field::new("dhcp.option.isns.discovery_domain_access.reserved", "Reserved Flags", Kind::U16).hex().mask(0xffc0).spec("RFC 4174");
    /// Settings of the storage name server, as bits.
    ISNS_ADMINISTRATIVE_FLAGS = Field::new("dhcp.option.isns.administrative_flags", "Administrative Flags", Kind::U16).hex().spec("RFC 4174");
    /// Whether the other bits count.
    ISNS_ADMINISTRATIVE_FLAGS_ENABLED = Field::new("dhcp.option.isns.administrative_flags.enabled", "Administrative Flags Enabled", Kind::Bool).mask(0x1).width(16).words("No", "Yes").spec("RFC 4174");
    /// Whether the server sends signs of life.
    ISNS_ADMINISTRATIVE_FLAGS_HEARTBEAT = Field::new("dhcp.option.isns.administrative_flags.heartbeat", "Heartbeat", Kind::Bool).mask(0x2).width(16).words("No", "Yes").spec("RFC 4174");
    /// Whether managers are told of changes.
    ISNS_ADMINISTRATIVE_FLAGS_MANAGEMENT_SCNS = Field::new("dhcp.option.isns.administrative_flags.management_scns", "Management SCNs", Kind::Bool).mask(0x4).width(16).words("No", "Yes").spec("RFC 4174");
    /// Whether nodes without a domain are in the default one.
    ISNS_ADMINISTRATIVE_FLAGS_DEFAULT_DISCOVERY_DOMAIN = Field::new("dhcp.option.isns.administrative_flags.default_discovery_domain", "Default Discovery Domain", Kind::Bool).mask(0x8).width(16).words("No", "Yes").spec("RFC 4174");
    /// Not used; zero.
    ISNS_ADMINISTRATIVE_FLAGS_RESERVED = Field::new("dhcp.option.isns.administrative_flags.reserved", "Reserved Flags", Kind::U16).hex().mask(0xfff0).spec("RFC 4174");
    /// How connections to the server are protected, as bits.
    ISNS_SERVER_SECURITY_BITMAP = Field::new("dhcp.option.isns.server_security_bitmap", "iSNS Server Security Bitmap", Kind::U32).hex().spec("RFC 4174");
    /// Whether the other bits count.
    ISNS_SERVER_SECURITY_BITMAP_ENABLED = Field::new("dhcp.option.isns.server_security_bitmap.enabled", "Server Security Bitmap Enabled", Kind::Bool).mask(0x1).width(16).words("No", "Yes").spec("RFC 4174");
    /// Whether IPsec is used.
    ISNS_SERVER_SECURITY_BITMAP_IKE_IPSEC_ENABLED = Field::new("dhcp.option.isns.server_security_bitmap.ike_ipsec_enabled", "IKE/IPSec", Kind::Bool).mask(0x2).width(16).words("Disabled", "Enabled").spec("RFC 4174");
    /// Whether keys are agreed in main mode.
    ISNS_SERVER_SECURITY_BITMAP_MAIN_MODE = Field::new("dhcp.option.isns.server_security_bitmap.main_mode", "Main Mode", Kind::Bool).mask(0x4).width(16).words("Disabled", "Enabled").spec("RFC 4174");
    /// Whether keys are agreed in aggressive mode.
    ISNS_SERVER_SECURITY_BITMAP_AGGRESSIVE_MODE = Field::new("dhcp.option.isns.server_security_bitmap.aggressive_mode", "Aggressive Mode", Kind::Bool).mask(0x8).width(16).words("Disabled", "Enabled").spec("RFC 4174");
    /// Whether old keys stay safe when a later one is lost.
    ISNS_SERVER_SECURITY_BITMAP_PFS = Field::new("dhcp.option.isns.server_security_bitmap.pfs", "PFS", Kind::Bool).mask(0x10).width(16).words("Disabled", "Enabled").spec("RFC 4174");
    /// Whether transport mode is preferred.
    ISNS_SERVER_SECURITY_BITMAP_TRANSPORT_MODE = Field::new("dhcp.option.isns.server_security_bitmap.transport_mode", "Transport Mode", Kind::Bool).mask(0x20).width(16).words("No preference", "Preferred").spec("RFC 4174");
    /// Whether tunnel mode is preferred.
    ISNS_SERVER_SECURITY_BITMAP_TUNNEL_MODE = Field::new("dhcp.option.isns.server_security_bitmap.tunnel_mode", "Tunnel Mode", Kind::Bool).mask(0x40).width(16).words("No preference", "Preferred").spec("RFC 4174");
    /// Not used; zero.
    ISNS_SERVER_SECURITY_BITMAP_RESERVED = Field::new("dhcp.option.isns.server_security_bitmap.reserved", "Reserved Flags", Kind::U16).hex().mask(0xff80).spec("RFC 4174");
    /// First storage name server.
    ISNS_PRIMARY_SERVER_ADDR = Field::new("dhcp.option.isns.primary_server_addr", "Primary Server Address", Kind::Ipv4).spec("RFC 4174");
    /// Server that sends the signs of life.
    ISNS_HEARTBEAT_ORIGINATOR_ADDR = Field::new("dhcp.option.isns.heartbeat_originator_addr", "Heartbeat Originator Address", Kind::Ipv4).spec("RFC 4174");
    /// Second storage name server.
    ISNS_SECONDARY_SERVER_ADDR = Field::new("dhcp.option.isns.secondary_server_addr", "Secondary Server Address", Kind::Ipv4).spec("RFC 4174");
    /// Which kinds of addresses a cable telephone shall use.
    VI_CLASS_CL_ADDRESS_MODE = Field::new("dhcp.option.vi_class.cl_address_mode", "CableLab Address Mode", Kind::U8).values(&[(1, "IPv4"), (2, "IPv6")]).spec("RFC 3925");
    /// Number of the vendor, as registered with IANA.
    VI_CLASS_ENTERPRISE = Field::new("dhcp.option.vi_class.enterprise", "Enterprise", Kind::U32).names(Names::Custom(super::enterprise::write)).spec("RFC 3925");
    /// Length of the vendor's data.
    VI_CLASS_LENGTH = Field::new("dhcp.option.vi_class.length", "CableLab Address Mode", Kind::U8).spec("RFC 3925");
    /// What kind of client it is, in the vendor's words.
    VI_CLASS_DATA = Field::new("dhcp.option.vi_class.data", "NetInfo Parent Server Tag", Kind::Str).spec("RFC 3925");
    /// Number of the vendor, as registered with IANA.
    VI_ENTERPRISE = Field::new("dhcp.option.vi.enterprise", "Enterprise", Kind::U32).names(Names::Custom(super::enterprise::write)).spec("RFC 3925");
    /// Length of the vendor's data.
    VI_LENGTH = Field::new("dhcp.option.vi.length", "Length", Kind::U8).spec("RFC 3925");
    /// Value of a suboption.
    VI_VALUE = Field::new("dhcp.option.vi.value", "Value", Kind::Bytes).spec("RFC 3925");
    /// Value of a suboption, a number.
    VI_VALUE_UINT = Field::new("dhcp.option.vi.value.uint", "Value", Kind::U8).spec("RFC 3925");
    /// Value of a suboption, an address.
    VI_VALUE_ADDRESS = Field::new("dhcp.option.vi.value.address", "Value", Kind::Ipv4).spec("RFC 3925");
    /// Value of a suboption, a text.
    VI_VALUE_STRING = Field::new("dhcp.option.vi.value.string", "Value", Kind::Str).spec("RFC 3925");
    /// What the suboption tells about a device that is managed from afar (TR-069).
    VI_TR111_SUBOPTION = Field::new("dhcp.option.vi.tr111.suboption", "Option 125 Suboption", Kind::U8).values(VI_TR111_SUBOPTION_NAMES).spec("RFC 3925");
    /// Maker of the device, by its prefix of hardware addresses.
    VI_TR111_DEVICE_MANUFACTURER_OUI = Field::new("dhcp.option.vi.tr111.device_manufacturer_oui", "DeviceManufacturerOUI", Kind::U24).spec("RFC 3925");
    /// Serial number of the device.
    VI_TR111_DEVICE_SERIAL_NUMBER = Field::new("dhcp.option.vi.tr111.device_serial_number", "DeviceSerialNumber", Kind::Str).spec("RFC 3925");
    /// Model of the device.
    VI_TR111_DEVICE_PRODUCT_CLASS = Field::new("dhcp.option.vi.tr111.device_product_class", "DeviceProductClass", Kind::Str).spec("RFC 3925");
    /// Maker of the gateway.
    VI_TR111_GATEWAY_MANUFACTURER_OUI = Field::new("dhcp.option.vi.tr111.gateway_manufacturer_oui", "GatewayManufacturerOUI", Kind::Str).spec("RFC 3925");
    /// Serial number of the gateway.
    VI_TR111_GATEWAY_SERIAL_NUMBER = Field::new("dhcp.option.vi.tr111.gateway_serial_number", "GatewaySerialNumber", Kind::Str).spec("RFC 3925");
    /// Model of the gateway.
    VI_TR111_GATEWAY_PRODUCT_CLASS = Field::new("dhcp.option.vi.tr111.gateway_product_class", "GatewayProductClass", Kind::Str).spec("RFC 3925");
    /// What the suboption tells a cable device.
    VI_CL_SUBOPTION = Field::new("dhcp.option.vi.cl.suboption", "Option 125 Suboption", Kind::U8).values(VI_CL_SUBOPTION_NAMES).spec("RFC 3925");
    /// Suboptions that the device would like to have.
    VI_CL_OPTION_REQUEST = Field::new("dhcp.option.vi.cl.option_request", "Option Request", Kind::Bytes).spec("RFC 3925");
    /// TFTP server for the configuration.
    VI_CL_TFTP_SERVER_ADDRESSES = Field::new("dhcp.option.vi.cl.tftp_server_addresses", "TFTP Server Addresses", Kind::Ipv4).spec("RFC 3925");
    /// Options that the router in the box passes on.
    VI_CL_EROUTER_CONTAINER_OPTION = Field::new("dhcp.option.vi.cl.erouter_container_option", "eRouter Container Option", Kind::Bytes).spec("RFC 3925");
    /// What the modem can do, as a list of type, length, value.
    VI_CL_MODEM_CAPABILITIES = Field::new("dhcp.option.vi.cl.modem_capabilities", "Modem Capabilities", Kind::Bytes).spec("RFC 3925");
    /// Suboption of a vendor whose meaning is not known here.
    VENDOR_SUBOPTION = Field::new("dhcp.vendor.suboption", "Option 125 Suboption", Kind::U8).spec("RFC 2131 section 2");
    /// Data of a vendor whose meaning is not known here.
    VENDOR_DATA = Field::new("dhcp.vendor.data", "Data", Kind::Bytes).spec("RFC 2131 section 2");
    /// Settings of an Avaya telephone: NAME=VALUE, with commas between.
    VENDOR_AVAYA = Field::new("dhcp.option.vendor.avaya", "Private/Avaya IP Telephone", Kind::Str).spec("RFC 2132 section 8.4");
    /// Server to load from over TLS.
    VENDOR_AVAYA_TLSSRVR = Field::new("dhcp.option.vendor.avaya.tlssrvr", "TLSSRVR", Kind::Str).spec("RFC 2132 section 8.4");
    /// Server to load from over HTTP.
    VENDOR_AVAYA_HTTPSRVR = Field::new("dhcp.option.vendor.avaya.httpsrvr", "HTTPSRVR", Kind::Str).spec("RFC 2132 section 8.4");
    /// Directory on that server.
    VENDOR_AVAYA_HTTPDIR = Field::new("dhcp.option.vendor.avaya.httpdir", "HTTPDIR", Kind::Str).spec("RFC 2132 section 8.4");
    /// Which settings made by hand stay.
    VENDOR_AVAYA_STATIC = Field::new("dhcp.option.vendor.avaya.static", "STATIC", Kind::Str).spec("RFC 2132 section 8.4");
    /// Address of the call server.
    VENDOR_AVAYA_MCIPADD = Field::new("dhcp.option.vendor.avaya.mcipadd", "MCIPADD", Kind::Str).spec("RFC 2132 section 8.4");
    /// How the telephone takes part in IEEE 802.1X.
    VENDOR_AVAYA_DOT1X = Field::new("dhcp.option.vendor.avaya.dot1x", "DOT1X", Kind::Str).spec("RFC 2132 section 8.4");
    /// Whether "unreachable" is answered.
    VENDOR_AVAYA_ICMPDU = Field::new("dhcp.option.vendor.avaya.icmpdu", "ICMPDU", Kind::Str).spec("RFC 2132 section 8.4");
    /// Whether redirects are heeded.
    VENDOR_AVAYA_ICMPRED = Field::new("dhcp.option.vendor.avaya.icmpred", "ICMPRED", Kind::Str).spec("RFC 2132 section 8.4");
    /// Whether frames carry a VLAN tag.
    VENDOR_AVAYA_L2Q = Field::new("dhcp.option.vendor.avaya.l2q", "L2Q", Kind::Str).spec("RFC 2132 section 8.4");
    /// VLAN for voice.
    VENDOR_AVAYA_L2QVLAN = Field::new("dhcp.option.vendor.avaya.l2qvlan", "L2QVLAN", Kind::I32).spec("RFC 2132 section 8.4");
    /// How much is logged.
    VENDOR_AVAYA_LOGLOCAL = Field::new("dhcp.option.vendor.avaya.loglocal", "LOGLOCAL", Kind::Str).spec("RFC 2132 section 8.4");
    /// Speed of the network port.
    VENDOR_AVAYA_PHY1STAT = Field::new("dhcp.option.vendor.avaya.phy1stat", "PHY1STAT", Kind::Str).spec("RFC 2132 section 8.4");
    /// Speed of the computer port.
    VENDOR_AVAYA_PHY2STAT = Field::new("dhcp.option.vendor.avaya.phy2stat", "PHY2STAT", Kind::Str).spec("RFC 2132 section 8.4");
    /// Password of the local menu, readable by everybody on the network.
    VENDOR_AVAYA_PROCPSWD = Field::new("dhcp.option.vendor.avaya.procpswd", "PROCPSWD", Kind::Str).spec("RFC 2132 section 8.4");
    /// Whether the local menu may change settings.
    VENDOR_AVAYA_PROCSTAT = Field::new("dhcp.option.vendor.avaya.procstat", "PROCSTAT", Kind::Str).spec("RFC 2132 section 8.4");
    /// Who may ask by SNMP.
    VENDOR_AVAYA_SNMPADD = Field::new("dhcp.option.vendor.avaya.snmpadd", "SNMPADD", Kind::Str).spec("RFC 2132 section 8.4");
    /// SNMP community, readable by everybody on the network.
    VENDOR_AVAYA_SNMPSTRING = Field::new("dhcp.option.vendor.avaya.snmpstring", "SNMPSTRING", Kind::Str).spec("RFC 2132 section 8.4");
    /// Seconds to wait for an answer in the VLAN.
    VENDOR_AVAYA_VLANTEST = Field::new("dhcp.option.vendor.avaya.vlantest", "VLANTEST", Kind::I32).spec("RFC 2132 section 8.4");
}
