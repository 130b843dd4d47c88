//! How a session begins.

use crate::recording::Header;
use crate::signal::Device;

/// How a session begins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SessionStart {
    /// The pointer it began with.
    pub device: Device,
    /// Viewport width, CSS px.
    pub w: f32,
    /// Viewport height, CSS px.
    pub h: f32,
    /// Document height, CSS px.
    pub doc_h: f32,
    /// The shopper's visits before this one.
    pub visits: u32,
    /// The shopper's orders before this visit.
    pub orders: u32,
}

impl From<&Header> for SessionStart {
    fn from(header: &Header) -> SessionStart {
        let Header { device, w, h, doc_h, visits, orders, .. } = *header;
        SessionStart { device, w, h, doc_h, visits, orders }
    }
}
