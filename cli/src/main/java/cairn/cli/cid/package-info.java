/// Commands about CIDs themselves, which need no repo.
package cairn.cli.cid;
