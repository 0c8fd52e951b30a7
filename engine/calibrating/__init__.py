"""How a library is taught what it does not know: questions made of itself and questions of other fields, asked, and the evidence read by what came out."""
