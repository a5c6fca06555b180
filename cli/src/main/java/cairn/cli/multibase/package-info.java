/// Commands that turn bytes into multibase text and back. They need no repo.
package cairn.cli.multibase;
