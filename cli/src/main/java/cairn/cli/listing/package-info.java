/// What `ls` finds, and the forms in which it is printed.
package cairn.cli.listing;
