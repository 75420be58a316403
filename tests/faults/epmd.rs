//! A name service for Erlang nodes that can lie: each node of a cluster asks its own, and is told a proxy's port for the others.
//!
//! The protocol is the distribution protocol's of Erlang/OTP: a length of two bytes, a byte for the kind of request, its data.

use std::{
    collections::BTreeMap,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
};

const ALIVE: u8 = 120;
const ALIVE_ANSWER: u8 = 118;
const PORT_PLEASE: u8 = 122;
const PORT_ANSWER: u8 = 119;
const NAMES: u8 = 110;

/// Names without host, and the ports that are told for them.
#[derive(Clone, Default)]
pub struct Names(Arc<Mutex<BTreeMap<String, u16>>>);

/// Starts a name service on a port of its own; it lives as long as the process.
///
/// `told` are the ports that are told for other nodes whatever they register; the node's own name and those of tools are
/// told as they registered.
pub fn start(told: BTreeMap<String, u16>) -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", super::support::node::free_port())).unwrap();
    let port = listener.local_addr().unwrap().port();
    let registered = Names::default();
    std::thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            let (registered, told) = (registered.clone(), told.clone());
            std::thread::spawn(move || answer(connection, port, &registered, &told));
        }
    });
    port
}

/// One request a connection; that of a node which is alive stays open until the node ends.
fn answer(mut connection: TcpStream, port: u16, registered: &Names, told: &BTreeMap<String, u16>) -> Option<()> {
    let mut length = [0; 2];
    connection.read_exact(&mut length).ok()?;
    let mut request = vec![0; usize::from(u16::from_be_bytes(length))];
    connection.read_exact(&mut request).ok()?;
    match *request.first()? {
        ALIVE => {
            let node_port = u16::from_be_bytes([*request.get(1)?, *request.get(2)?]);
            let length = usize::from(u16::from_be_bytes([*request.get(9)?, *request.get(10)?]));
            let name = String::from_utf8_lossy(request.get(11..11 + length)?).into_owned();
            registered.0.lock().unwrap().insert(name.clone(), node_port);
            connection.write_all(&[ALIVE_ANSWER, 0, 0, 0, 0, 1]).ok()?;
            let _ = connection.read(&mut [0]);
            registered.0.lock().unwrap().remove(&name);
        }
        PORT_PLEASE => {
            let name = String::from_utf8_lossy(&request[1..]).into_owned();
            let found = told.get(&name).copied().or_else(|| registered.0.lock().unwrap().get(&name).copied());
            connection.write_all(&port_answer(&name, found)).ok()?;
        }
        NAMES => {
            let mut text = u32::from(port).to_be_bytes().to_vec();
            for (name, port) in registered.0.lock().unwrap().iter() {
                text.extend(format!("name {name} at port {port}\n").bytes());
            }
            connection.write_all(&text).ok()?;
        }
        _ => {}
    }
    Some(())
}

/// A visible node that speaks the distribution protocol's versions 5 and 6 over TCP.
fn port_answer(name: &str, port: Option<u16>) -> Vec<u8> {
    let Some(port) = port else { return vec![PORT_ANSWER, 1] };
    let mut answer = vec![PORT_ANSWER, 0];
    answer.extend(port.to_be_bytes());
    answer.extend([77, 0, 0, 6, 0, 5]);
    answer.extend(u16::try_from(name.len()).unwrap().to_be_bytes());
    answer.extend(name.bytes());
    answer.extend([0, 0]);
    answer
}
