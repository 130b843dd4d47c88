// which way is asked for in the address: bytes, url or answer
await import(`./${new URLSearchParams(location.search).get('by')}.js`);
