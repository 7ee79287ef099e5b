"""What was said, seen and written in the made-up study of Empang. Every voice is fictional.

A passage that says something stands in brackets, with what it says in front: ``[planning-too-long+ …]``.
``+`` speaks for its factor, ``-`` against it, ``!`` tells what was done about it; ``process:earnings`` is a part of
the process. What is known of the case (handbook 0.1) is all in it; the words are made up.
"""

from datetime import date

INFORMANTS = (
    # part in the programme, why chosen, what is known, sex
    ("pelaksana program tingkat kota", "Mengikuti penetapan lokasi dan pedoman", ("policy",), "L"),
    ("koordinator BKM", "Memimpin sejak pembentukan sampai akhir", ("preparation", "results"), "L"),
    ("petugas UPK", "Mencatat pinjaman dan angsuran", ("results",), "P"),
    ("ketua KSM", "Kelompoknya meminjam dan mengangsur", ("preparation", "results"), "P"),
    ("kader dari keluarga miskin", "Ikut mendata dan mendampingi KSM", ("preparation", "results"), "P"),
    ("pendamping", "Mendampingi selama delapan belas bulan", ("policy", "preparation", "results"), "L"),
)  # fmt: skip

SOURCES = (
    # kind, title, day, place, number of the informant or 0, text
    ("interview", "Wawancara tentang kebijakan", date(2005, 4, 12), "Kantor program", 1, """\
[process:planning Kelurahan Empang dipilih karena belum pernah mendapat P2KP, padahal dari 3.448 keluarga ada 625 yang miskin.] \
[process:planning P2KP ditetapkan oleh pemerintah pusat dan daerah, dengan pedoman umum dan pedoman teknis.] \
[process:implementation Tahap II menekankan pembangunan masyarakat secara partisipatif melalui pendekatan kelompok.]
[concept-field-mismatch+ Konsepnya rapi, tetapi di lapangan tidak semuanya cocok: jadwal pedoman tidak menghitung musim dan jam kerja warga.] \
[concept-field-mismatch! Penyimpangan kami catat sebagai keputusan setempat dan kami bahas dengan kota.]
[verification-stuck+ Berkas harus melalui banyak tingkat sebelum uang keluar.] \
[verification-stuck! Akhirnya berkas tertua ditampilkan setiap minggu dan diadakan klinik pembukuan.]
[government-support+ Lurah dan instansi hadir dalam rapat dan membantu surat-menyurat.]"""),
    ("interview", "Wawancara tentang lembaga", date(2005, 4, 14), "Sekretariat BKM", 2, """\
[process:planning Rencana, pelaksanaan, sampai pemantauan dan penilaian dikerjakan kelompok sasaran sendiri.] \
[process:institutions Lembaga tumbuh lewat pembentukan kelompok: dari RT lahir KSM, dari KSM lahir BKM.]
[planning-too-long+ Perencanaan sangat lama: dijanjikan empat bulan, jadinya enam.] \
[planning-too-long! Kami menggabungkan rapat RT dan memberi tanggal baru untuk setiap tahap.]
[participation-falling+ Rapat pertama penuh, makin lama makin sepi.] \
[participation-falling! Undangan diantar dari rumah ke rumah dan ibu-ibu dibuatkan rembug sendiri.]
[process:hand-over Setelah program selesai, BKM dan UP yang menggantikan pendamping terhadap KSM.]"""),
    ("interview", "Wawancara tentang dana bergulir", date(2005, 4, 18), "Loket UPK", 3, """\
[process:implementation Pinjaman dikembalikan dalam sepuluh bulan dengan masa tenggang dua bulan.] \
[process:implementation Kegiatannya tiga: lingkungan fisik, sosial yang tidak dikembalikan, dan ekonomi produktif berupa dana bergulir.]
[groups-able+ Kebanyakan kelompok membawa angsuran sendiri beserta bukunya.] \
[groups-able- Ada dua kelompok yang bukunya masih saya yang isi.] \
[groups-able! Kelompok itu dilatih lagi oleh kader sampai bisa mencatat.]
[verification-stuck- Untuk pinjaman kecil verifikasinya cepat, seminggu selesai.]"""),
    ("interview", "Wawancara tentang usaha", date(2005, 4, 20), "Rumah anggota KSM, RW 02", 4, """\
[process:earnings Hasil usaha dipakai membayar angsuran, SPP anak, dan keperluan sehari-hari.] \
[participation-strong+ Di kelompok kami semua ikut rapat, karena keputusannya kami sendiri yang ambil.]
[planning-too-long+ Kami menunggu setengah tahun sampai lupa usulan apa yang dulu kami tulis.] \
[process:facilitative Pendamping menemani kami ke kantor dan menunjukkan siapa yang bisa membantu.] \
[process:educational Ia memberi tahu cara pembukuan dan melatih kami menghitung untung.]"""),
    ("interview", "Wawancara tentang kader", date(2005, 4, 22), "Posyandu RW 08", 5, """\
[cadres-from-target-group+ Saya sendiri dari keluarga miskin, jadi tetangga mau terbuka.] \
[cadres-unready+ Kalau pendamping pergi bulan depan, kami belum siap; membuat laporan saja masih dibantu.] \
[cadres-unready! Sejak Februari tugas diserahkan satu per satu, dikerjakan bersama dulu, lalu sendiri.]
[participation-falling+ Bapak-bapak berhenti datang karena dua kali rapat tidak ada keputusan.]"""),
    ("interview", "Wawancara tentang pendampingan", date(2005, 4, 26), "Kantor kelurahan", 6, """\
[facilitator-capable+ Pendidikan pekerjaan sosial dan pengalaman di tiga kelurahan membantu saya membaca keadaan.] \
[process:facilitative Peran saya fasilitatif, mendukung dan mempertemukan sumber daya,] \
[process:educational dan edukatif, memberi informasi serta melatih.]
[process:ahead Ke depan peran pendamping perlu tumbuh: memberdayakan kelompok mengembangkan usaha, dan mengubah pandangan serta nilai.] \
[concept-field-mismatch+ Formulir pedoman terlalu panjang untuk kader, akhirnya diisi ulang di kantor.]
[cadres-unready+ Kader baru dilatih menjelang akhir; itu terlambat.]"""),
    ("observation", "Rembug warga RW 05", date(2004, 11, 21), "Balai RW 05", 0, """\
[participation-falling+ Dari 60 kursi hanya 18 terisi, dan rapat dimulai satu jam lebih lambat.] \
[participation-strong+ Yang hadir berbicara bebas; dua ibu dari keluarga miskin memimpin pembahasan.] \
[concept-field-mismatch+ Formulir usulan dari pedoman tidak dipakai; warga menulis di kertas sendiri.] \
[planning-too-long+ Pembahasan mengulang usulan yang sudah dibahas dua bulan sebelumnya.]"""),
    ("observation", "Hari angsuran di loket", date(2005, 5, 12), "Loket UPK", 0, """\
[groups-able+ Sebelas ketua kelompok datang membawa buku dan uang yang sudah dihitung untuk angsuran kesepuluh.] \
[cadres-unready+ Kader menunggu pendamping sebelum menandatangani rekap.] \
[government-support+ Sekretaris kelurahan datang menengok dan membantu menempel papan informasi.] \
[facilitator-capable+ Pendamping tidak mengambil alih; ia bertanya balik sampai kader menemukan jawabannya.]"""),
    ("document", "Notulen rapat BKM", date(2004, 12, 10), "", 0, """\
[verification-stuck+ Proposal jalan lingkungan dikembalikan dua kali dan baru disetujui setelah lima minggu.] \
[planning-too-long+ Rapat mencatat PJM Pronangkis disahkan dua bulan setelah rencana.] \
[cadres-from-target-group+ Daftar kader dibacakan: lebih dari separuh tercantum dalam daftar keluarga miskin.]"""),
    ("document", "Surat pengantar kelurahan", date(2004, 8, 2), "", 0, """\
[government-support+ Kelurahan mendukung penuh kegiatan P2KP dan menyediakan ruang sekretariat.] \
[concept-field-mismatch- Tahapan kegiatan di kelurahan berjalan sesuai pedoman umum.]"""),
    ("document", "Laporan akhir pendamping", date(2005, 5, 12), "", 0, """\
[process:monitoring Program berjalan delapan belas bulan dan ditutup minggu kedua Mei 2005, saat peminjam sampai pada angsuran kesepuluh.] \
[process:monitoring Pemantauan dan penilaian dilakukan warga sendiri melalui papan informasi dan rapat tahunan.] \
[participation-strong+ Enam puluh RT mengirim utusan ke pemilihan BKM.] \
[facilitator-capable+ Pelatihan KSM dan kader terlaksana sesuai jadwal fasilitator.] \
[cadres-unready+ Dua tugas lanjutan belum diambil alih saat laporan ditulis.]"""),
)  # fmt: skip

ANALYSIS = {
    "process": "Program ditetapkan dari atas, tetapi isinya dikerjakan kelompok sasaran: mereka merencanakan, "
    "melaksanakan, memantau, dan menilai. Yang tumbuh bukan hanya bangunan, melainkan kelompok dan lembaganya.",
    "conclusion": "Lima hambatan itu saling menarik: perencanaan yang lama membuat orang bosan, dan kader yang baru "
    "dilatih di akhir belum siap ketika pendamping pergi. Yang membantu ialah memberi tanggal, mengundang dari rumah "
    "ke rumah, dan menyerahkan tugas satu per satu sejak awal.",
}
