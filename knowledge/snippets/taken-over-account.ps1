# An account that somebody else uses: change its password and end its sessions first,
# then remove the inbox rules and the forwarding that its owner did not make.
