/// Commands that put files in and give them back, and show what is in them.
package cairn.cli.files;
