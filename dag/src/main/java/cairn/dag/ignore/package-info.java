/// Rules in the words of .gitignore that leave entries out of an import.
package cairn.dag.ignore;
