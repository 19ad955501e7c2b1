package bot

const toShare, toUnshare = "share", "unshare"

var (
	shareKeys   = keys{row(key{labelShare, toShare})}   // a button under the field where one writes, which sends one's own contact card
	unshareKeys = keys{row(key{labelShare, toUnshare})} // takes it away
)
