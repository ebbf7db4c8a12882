# An account that somebody else uses: first change its password and end its sessions, then remove the inbox rules and the forwarding that its owner did not make.
