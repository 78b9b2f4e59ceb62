# What an editor types to make the shipped campaigns, their scripts being there. The editor works as
# people do: forgets, corrects, puts in order. test_from_nothing.py types it.
PLACE="Trung tâm Hội nghị - Biểu diễn thành phố, phường Thủy Nguyên"

# Hưởng ứng Ngày hội Đổi mới sáng tạo quốc gia 01/10
broadcaster playlist new ngay-hoi-dmst --title "Hưởng ứng Ngày hội Đổi mới sáng tạo quốc gia 01/10" \
  --theme "Đổi mới sáng tạo toàn dân - Động lực phát triển quốc gia" \
  --implements 3093/SKHCN-QLCL --from 22/09/2025 --until 05/10/2025
broadcaster playlist add ngay-hoi-dmst radio --id ban-tin-sang --name "Bản tin Ngày hội, buổi sáng" \
  --script ngay-hoi-dmst --zone toan-phuong --at 05:30 --dates 2025-09-22,2025-09-25,2025-09-28,2025-10-01,2025-10-04
broadcaster playlist add ngay-hoi-dmst radio --id ban-tin-chieu --name "Bản tin Ngày hội, buổi chiều" \
  --script ngay-hoi-dmst --zone toan-phuong --at 17:00 --dates 2025-09-22,2025-09-26,2025-09-30,2025-10-01,2025-10-05
broadcaster playlist add ngay-hoi-dmst radio --id nghi-quyet-57-sang --name "Nghị quyết số 57-NQ/TW, buổi sáng" \
  --script nghi-quyet-57 --zone toan-phuong --at 06:30 --dates 2025-09-23
broadcaster playlist set ngay-hoi-dmst nghi-quyet-57-sang at=05:30 "dates=23/09/2025, 02/10/2025"
broadcaster playlist add ngay-hoi-dmst radio --id nghi-quyet-57-chieu --name "Nghị quyết số 57-NQ/TW, buổi chiều" \
  --script nghi-quyet-57 --zone toan-phuong --at 17:00 --dates 2025-09-27
broadcaster playlist add ngay-hoi-dmst radio --id nghi-quyet-03-sang --name "Nghị quyết số 03/NQ-CP, buổi sáng" \
  --script nghi-quyet-03 --zone toan-phuong --at 05:30 --dates 2025-09-24,2025-10-03
broadcaster playlist add ngay-hoi-dmst radio --id nghi-quyet-03-chieu --name "Nghị quyết số 03/NQ-CP, buổi chiều" \
  --script nghi-quyet-03 --zone toan-phuong --at 17:00 --dates 2025-09-28
broadcaster playlist add ngay-hoi-dmst radio --id luat-khcn-dmst-sang --name "Luật Khoa học, công nghệ và đổi mới sáng tạo năm 2025, buổi sáng" \
  --script luat-khcn-dmst --zone toan-phuong --at 05:30 --dates 2025-09-26,2025-10-05
broadcaster playlist add ngay-hoi-dmst radio --id luat-khcn-dmst-chieu --name "Luật Khoa học, công nghệ và đổi mới sáng tạo năm 2025, buổi chiều" \
  --script luat-khcn-dmst --zone toan-phuong --at 17:00 --dates 2025-09-29
broadcaster playlist add ngay-hoi-dmst radio --id ke-hoach-12-sang --name "Kế hoạch hành động số 12-KH/TU, buổi sáng" \
  --script ke-hoach-12 --zone toan-phuong --at 05:30 --dates 2025-09-27
broadcaster playlist add ngay-hoi-dmst radio --id ke-hoach-12-chieu --name "Kế hoạch hành động số 12-KH/TU, buổi chiều" \
  --script ke-hoach-12 --zone toan-phuong --at 17:00 --dates 2025-09-23,2025-10-02
broadcaster playlist add ngay-hoi-dmst radio --id ke-hoach-238-sang --name "Kế hoạch số 238/KH-UBND, buổi sáng" \
  --script ke-hoach-238 --zone toan-phuong --at 05:30 --dates 2025-09-29
broadcaster playlist add ngay-hoi-dmst radio --id ke-hoach-238-chieu --name "Kế hoạch số 238/KH-UBND, buổi chiều" \
  --script ke-hoach-238 --zone toan-phuong --at 17:00 --dates 2025-09-24,2025-10-03
broadcaster playlist add ngay-hoi-dmst radio --id vinh-danh-sang --name "Vinh danh đổi mới sáng tạo, buổi sáng" \
  --script vinh-danh --zone toan-phuong --at 05:30 --dates 2025-09-30
broadcaster playlist add ngay-hoi-dmst radio --id vinh-danh-chieu --name "Vinh danh đổi mới sáng tạo, buổi chiều" \
  --script vinh-danh --zone toan-phuong --at 17:00 --dates 2025-09-25,2025-10-04
broadcaster playlist add ngay-hoi-dmst radio --script vinh-danh --zone toan-phuong --at 06:00
broadcaster playlist remove ngay-hoi-dmst vinh-danh
broadcaster playlist add ngay-hoi-dmst slogan "Nhiệt liệt chào mừng Ngày hội đổi mới sáng tạo quốc gia 01-10" \
  --id khau-hieu --name "Khẩu hiệu Ngày hội" --zone bang-dien-tu

# Sự kiện Techfest Hải Phòng 2025
broadcaster playlist new techfest-2025 --title "Sự kiện Techfest Hải Phòng 2025" \
  --theme "Sáng tạo không giới hạn – Hải Phòng vươn mình ra biển lớn" \
  --from 08/10/2025 --until 11/10/2025
broadcaster playlist add techfest-2025 radio --id gioi-thieu-chieu --name "Giới thiệu Techfest, buổi chiều" \
  --script techfest-gioi-thieu --zone toan-phuong --at 17:00 --dates 2025-10-09
broadcaster playlist add techfest-2025 radio --id gioi-thieu-sang --name "Giới thiệu Techfest, buổi sáng" \
  --script techfest-gioi-thieu --zone toan-phuong --at 05:30 --dates 2025-10-08
broadcaster playlist move techfest-2025 gioi-thieu-sang --before gioi-thieu-chieu
broadcaster playlist add techfest-2025 radio --id chuong-trinh-09 --name "Chương trình ngày 09/10" \
  --script techfest-ngay-09 --zone toan-phuong --at 05:30 --dates 2025-10-09
broadcaster playlist add techfest-2025 radio --id chuong-trinh-10 --name "Chương trình ngày 10/10" \
  --script techfest-ngay-10 --zone toan-phuong --at 05:30 --dates 2025-10-10
broadcaster playlist add techfest-2025 radio --id chuong-trinh-11 --name "Chương trình ngày 11/10" \
  --script techfest-ngay-11 --zone toan-phuong --at 05:30 --dates 2025-10-11
broadcaster playlist add techfest-2025 slogan "Sáng tạo không giới hạn – Hải Phòng vươn mình ra biển lớn" \
  --id chu-de --name "Chủ đề Techfest" --zone bang-dien-tu
broadcaster playlist add techfest-2025 event "Lễ khai mạc Techfest HaiPhong 2025" \
  --id khai-mac --date 09/10/2025 --part "sáng" --place "$PLACE" \
  --remind-script nhac-khai-mac --remind-zone toan-phuong
broadcaster playlist add techfest-2025 event "Diễn đàn “Nghị quyết 57-NQ/TW, đường băng cất cánh cho khoa học công nghệ, đổi mới sáng tạo và chuyển đổi số”" \
  --id nq57-dien-dan --date 09/10/2025 --part "chiều" --place "$PLACE" \
  --remind-script nhac-dien-dan --remind-zone toan-phuong
broadcaster playlist add techfest-2025 event "Hội thảo khoa học “Khoa học và Công nghệ biển thành phố Hải Phòng: Tầm nhìn chiến lược và đề xuất đột phá”" \
  --id hoi-thao-bien --date 10/10/2025 --part "sáng" --place "$PLACE" \
  --remind-script nhac-sang-ngay-10 --remind-zone toan-phuong
broadcaster playlist add techfest-2025 event "Hội thảo “AI tạo sinh – Xu thế khởi nghiệp và phát triển kinh tế số tại thành phố Hải Phòng”" \
  --id hoi-thao-ai --date 10/10/2025 --part "sáng" --place "$PLACE"
broadcaster playlist add techfest-2025 event "Hội thảo “Xây dựng Hải Phòng thành trung tâm nhân lực chất lượng cao ngành điện tử, bán dẫn”" \
  --id hoi-thao-ban-dan --date 11/10/2025 --part "sáng" --place "$PLACE" \
  --remind-script nhac-sang-ngay-11 --remind-zone toan-phuong
broadcaster playlist add techfest-2025 event "Phiên kết nối cung cầu công nghệ giữa các tổ chức, doanh nghiệp trong nước và doanh nghiệp nước ngoài" \
  --id ket-noi-cung-cau --date 11/10/2025 --part "sáng" --place "$PLACE"
broadcaster playlist add techfest-2025 event "Phiên kết nối đầu tư cho doanh nghiệp khởi nghiệp" \
  --id ket-noi-dau-tu --date 11/10/2025 --part "chiều" --place "$PLACE"
broadcaster playlist set techfest-2025 ket-noi-dau-tu \
  'remind={ before = "1d", at = "17:00", script = "nhac-chieu-ngay-11", zones = ["toan-phuong"] }'
broadcaster playlist add techfest-2025 event "Bế mạc Techfest HaiPhong 2025" \
  --id be-mac --date 11/10/2025 --part "chiều" --place "$PLACE"
broadcaster playlist add techfest-2025 event "Trình diễn, trưng bày, giới thiệu và kết nối sản phẩm ĐMST, sản phẩm OCOP" \
  --id trien-lam --date 09/10/2025 --until 11/10/2025 --part "cả ngày" --place "$PLACE"
broadcaster playlist add techfest-2025 event "Khu trải nghiệm không gian tương lai và thực hành STEAM" \
  --id trai-nghiem --date 09/10/2025 --until 11/10/2025 --part "cả ngày" --place "$PLACE"
broadcaster playlist add techfest-2025 event "Tổng kết Hội thi “công dân số – sử dụng thông minh, sống an toàn”" \
  --id cong-dan-so --date 11/10/2025 --part "chiều" --place "$PLACE"
broadcaster playlist move techfest-2025 cong-dan-so --before be-mac

# The reminders of an afternoon are to be heard before what else is on at that minute.
broadcaster playlist move techfest-2025 hoi-thao-bien --before gioi-thieu-chieu
broadcaster playlist set techfest-2025 gioi-thieu-chieu order=10

# Signs stand still while the letter's number is asked for; it is not known, and they go on.
broadcaster playlist disable ngay-hoi-dmst khau-hieu
broadcaster playlist set ngay-hoi-dmst campaign 'letter={ number = "?" }'
broadcaster playlist set ngay-hoi-dmst campaign letter=
broadcaster playlist enable ngay-hoi-dmst khau-hieu
